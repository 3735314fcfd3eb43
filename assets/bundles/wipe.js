function r(e,n,o){let t=document.createElement(e);return t.className=n,o.append(t),t}var m=new WeakMap;function p(e){let n=r("div","wipe",e),o=r("div","frame",n),t=r("img","left",o),s=r("img","right",o),i=r(
"input","range",o),l=r("div","line",o);r("div","knob",l);let c=r("div","names",n),u=r("span","",c),g=r("span","",c);Object.
assign(i,{type:"range",min:0,max:100,step:1,value:50});let a={root:n,left:t,right:s,range:i,before:u,after:g,names:["",""]};
return i.addEventListener("input",()=>f(a)),i.addEventListener("change",()=>a.send("at",Number(i.value))),a}function f(e){
let n=Number(e.range.value);e.root.style.setProperty("--at",`${n}%`),e.range.setAttribute("aria-valuetext",`${n}% ${e.names[0]}\
, ${100-n}% ${e.names[1]}`)}function d({data:e,parentElement:n,setStateValue:o}){if(!e)return;let t=m.get(n);t||(t=p(n),
t.range.value=e.at),m.set(n,t),t.send=o,t.names=[e.left.name,e.right.name];for(let s of["left","right"])t[s].src=e[s].source,
t[s].alt=e[s].name,t[s].draggable=!1;return t.before.textContent=e.left.name,t.after.textContent=e.right.name,t.range.setAttribute(
"aria-label",`Wipe from ${e.left.name} to ${e.right.name}`),t.root.style.setProperty("--aspect",e.aspect),f(t),()=>{t.root.
remove(),m.delete(n)}}export{d as default};
