var c=new WeakMap;function r(e,n,s){let t=document.createElement(e);return t.className=n,s.append(t),t}function v(e){let n=r(
"div","wipe",e),s=r("div","frame",n),t=r("img","left",s),o=r("img","right",s),a=r("input","range",s),l=r("div","line",s);
r("div","knob",l);let m=r("div","names",n),u=r("span","",m),g=r("span","",m);Object.assign(a,{type:"range",min:0,max:100,
step:1,value:50});let i={root:n,left:t,right:o,range:a,before:u,after:g,names:["",""]};return a.addEventListener("input",
()=>f(i)),a.addEventListener("change",()=>i.send("at",Number(a.value))),i}function f(e){let n=Number(e.range.value);e.root.
style.setProperty("--at",`${n}%`),e.range.setAttribute("aria-valuetext",`${n}% ${e.names[0]}, ${100-n}% ${e.names[1]}`)}
function p({data:e,parentElement:n,setStateValue:s}){if(!e)return;let t=c.get(n);t||(t=v(n),t.range.value=e.at),c.set(n,
t),t.send=s,t.names=[e.left.name,e.right.name];for(let o of["left","right"])t[o].src=e[o].source,t[o].alt=e[o].name,t[o].
draggable=!1;return t.before.textContent=e.left.name,t.after.textContent=e.right.name,t.range.setAttribute("aria-label",
`Wipe from ${e.left.name} to ${e.right.name}`),t.root.style.setProperty("--aspect",e.aspect),f(t),()=>{t.root.remove(),c.
delete(n)}}export{p as default};
