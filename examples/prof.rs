#![allow(clippy::all)]
use lacuna::*;
use std::time::Instant;
fn main(){
 let dir=std::env::args().nth(1).unwrap();
 let t=Instant::now(); let world=world::Disk::new(std::path::Path::new(&dir),&["/site/".to_string()]).unwrap();
 let l={use world::World; world.list()}; println!("list {:?} {}",t.elapsed(), l.entries.len());
 let t=Instant::now(); let snap=world::Snapshot::take(&world,&world::Limits::default()); println!("snapshot {:?}",t.elapsed());
 let config=model::config::Config::default();
 let t=Instant::now(); let st=engine::stages::Stages::default(); let src=st.read(&snap,&config); println!("  sources {:?}",t.elapsed()); drop(src);
 let t=Instant::now(); let reading=engine::Reading::of(&snap,&config); println!("reading {:?}",t.elapsed());
 let opt=engine::Options{config:&config,folder_name:"x",today:None};
 let c=reading.corpus(opt);
 for _ in 0..2 {
 let t=Instant::now(); let records=graph::record::Records::collect(c.outlines); println!("  records {:?}",t.elapsed());
 let t=Instant::now(); let files=graph::files::Files::new(c.outlines,c.assets); println!("  files {:?}",t.elapsed());
 let t=Instant::now(); let places=graph::address::Places::new(c.outlines); println!("  places {:?}",t.elapsed()); let lk=graph::link::Lookups{corpus:c,records:&records,files:&files,places:&places}; let links=graph::link::Links::new((0..c.outlines.len()).map(|f|std::sync::Arc::new(graph::link::resolve(&lk,f))).collect(),vec![]); println!("  links {:?}",t.elapsed());
 let t=Instant::now(); let _=graph::decisions::relate(c,&records,&files); println!("  decisions {:?}",t.elapsed());
 let t=Instant::now(); let _=graph::symbols::relate(c,&records); println!("  symbols {:?}",t.elapsed());
 let t=Instant::now(); let gaps=graph::coverage::derive(c,&records,&files,&links); println!("  coverage {:?}",t.elapsed());
 let t=Instant::now(); let _=graph::navigation::Navigation::of(c,&records); println!("  navigation {:?}",t.elapsed());
 let t=Instant::now(); let _=graph::claims::check(c,&records,&files,&gaps); println!("  claims {:?}",t.elapsed());
 let t=Instant::now(); let _=graph::metrics::Metrics::of(c,&records,&gaps); println!("  metrics {:?}",t.elapsed());
 }
 let t=Instant::now(); let g=engine::relate(&reading,opt); println!("relate {:?}",t.elapsed());
 let t=Instant::now(); let _=graph::decisions::cited::Rests::of(c,&g); println!("  rests {:?}",t.elapsed());
 let t=Instant::now(); let lu=engine::lookups(&reading,&g,opt); println!("evidence {:?}",t.elapsed());
 let t=Instant::now(); let site=engine::site(&reading,&g,&lu,opt); println!("site {:?}",t.elapsed());
 let t=Instant::now(); let _=page::route::Routes::assign(c,&g); println!("  routes {:?}",t.elapsed());
 let t=Instant::now(); let d=engine::diagnose(&reading,&g,opt); println!("diagnose {:?} {}",t.elapsed(),d.len());
 let t=Instant::now(); let jobs=page::jobs(&site); println!("jobs {:?} {}",t.elapsed(),jobs.len());
 
 for k in 0..4 { let mut snap2=snap.clone();
  if k>0 { let p=reading.outlines[5].path.clone(); let f=snap2.files.get_mut(&p).unwrap(); if let world::Content::Text{text,..}=&mut f.content { let s=format!("{}\n\nmore {k}\n",text); f.hash=Some(world::Hash::of(s.as_bytes())); *text=s.into(); } }
  let t=Instant::now(); let r=st.read(&snap2,&config); let a=t.elapsed(); let t=Instant::now(); let g=st.relate(&r,opt); let b=t.elapsed(); let t=Instant::now(); let l=st.lookups(&r,&g,opt); let c=t.elapsed(); println!("again read {a:?} relate {b:?} lookups {c:?} runs {}",st.runs()); let t=Instant::now(); let site=engine::site(&r,&g,&l,opt); let j=page::Job::Record(g.records.of_file(5)); let m=page::model(&site,&j); println!("   model {:?}",t.elapsed()); st.end_round(); let t=Instant::now(); drop(g); drop(l); drop(r); drop(snap2); println!("   drop {:?}",t.elapsed()); }
 let (theme,_)=render::theme::Theme::new(Default::default());
 let t=Instant::now(); let models:Vec<_>=jobs.iter().map(|j|page::model(&site,j)).collect(); println!("models (1 thread) {:?}",t.elapsed());
 let mut slow:Vec<_>=jobs.iter().map(|j|{let t=Instant::now();let m=page::model(&site,j);(t.elapsed(),m.route)}).collect(); slow.sort(); slow.reverse(); println!("slowest models {:?}",&slow[..5]);
 let mut slow:Vec<_>=models.iter().map(|m|{let t=Instant::now();let r=render::page(&theme,m);(t.elapsed(),r.html.len(),&m.route)}).collect(); let total:std::time::Duration=slow.iter().map(|s|s.0).sum(); slow.sort(); slow.reverse(); println!("render total 1 thread {:?} slowest {:?}",total,&slow[..5]);
 println!("median render {:?}", slow[slow.len()/2]);
}
