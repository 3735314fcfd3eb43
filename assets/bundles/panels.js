function d(t,e,o){let r=document.createElement(t);return r.className=e,o.append(r),r}var m=new WeakMap,y=350,g="Drag to pan; double-click to zoom in, with Shift to zoom out. Keys: arrows, + and \u2212. All pane\
ls move as one.";function E(t){let e=new DataView(t.buffer,t.byteOffset).getUint32(0,!0),o=new TextDecoder().decode(t.subarray(
4,4+e)),r=JSON.parse(o),s=4+e;for(let c of r.shots)c.file=t.slice(s,s+c.bytes),s+=c.bytes;return r}function O(t){let e=d(
"div","panels",t),o=d("div","grid",e),r={root:e,grid:o,hint:d("p","hint",e),figures:[],urls:[],shift:null,rest:0,draws:0};
return o.setAttribute("role","group"),o.addEventListener("pointerdown",s=>R(r,s)),o.addEventListener("pointermove",s=>A(
r,s)),o.addEventListener("pointerup",()=>l(r)),o.addEventListener("pointercancel",()=>l(r)),o.addEventListener("pointerl\
eave",()=>e.classList.remove("marked")),o.addEventListener("dblclick",s=>L(r,s,s.shiftKey?-1:1)),o.addEventListener("key\
down",s=>M(r,s)),o.addEventListener("wheel",s=>U(r,s),{passive:!1}),r}function h(t){let e=t.target.closest(".window");if(!e)
return null;let o=e.getBoundingClientRect();return{x:(t.clientX-o.left)/o.width,y:(t.clientY-o.top)/o.height,box:o}}function R(t,e){
let o=h(e);!o||!t.reach||t.reach.zoom===1||e.button!==0||(t.drag={x:e.clientX,y:e.clientY,box:o.box,from:t.shift??{x:0,y:0}},
t.grid.setPointerCapture(e.pointerId),t.root.classList.add("moving"))}function A(t,e){if(t.drag){let{box:r,from:s}=t.drag;
w(t,s.x+(e.clientX-t.drag.x)/r.width,s.y+(e.clientY-t.drag.y)/r.height);return}let o=h(e);t.root.classList.toggle("marke\
d",!!o),o&&(t.root.style.setProperty("--x",o.x),t.root.style.setProperty("--y",o.y))}function l(t){t.drag&&(t.drag=null,
t.root.classList.remove("moving"),t.shift&&b(t))}function w(t,e,o){let{width:r,height:s,part:[c,n,a,i]}=t.reach;t.shift=
{x:Math.min(n/i,Math.max((n+i-r)/i,e)),y:Math.min(c/a,Math.max((c+a-s)/a,o))};let u=`translate(${t.shift.x*100}%, ${t.shift.
y*100}%)`;for(let{image:f}of t.figures)f.style.transform=u}function x(t,e,o,r,s){let c=(n,a)=>a>0?Math.min(1,Math.max(0,
n/a)):.5;return{y:c(e,t.height-r),x:c(o,t.width-s)}}function b(t){let{part:[e,o,r,s],zoom:c}=t.reach,n=x(t.reach,e-t.shift.
y*r,o-t.shift.x*s,r,s);t.send("view",{zoom:c,...n})}function L(t,e,o){let r=h(e)??{x:.5,y:.5};k(t,o,r)}function k(t,e,o){
let{reach:r}=t,s=r&&r.zooms[r.zooms.indexOf(r.zoom)+e];if(!s)return;let[c,n,a,i]=r.part,[u,f]=[Math.floor(r.height/s),Math.
floor(r.width/s)],z=c-(t.shift?.y??0)*a+o.y*a,v=n-(t.shift?.x??0)*i+o.x*i;t.send("view",{zoom:s,...x(r,z-o.y*u,v-o.x*f,u,
f)})}function U(t,e){!e.ctrlKey||!t.reach||(e.preventDefault(),!(t.wheeled>e.timeStamp-y)&&(t.wheeled=e.timeStamp,L(t,e,
e.deltaY<0?1:-1)))}function M(t,e){let o={ArrowLeft:[1,0],ArrowRight:[-1,0],ArrowUp:[0,1],ArrowDown:[0,-1]},r={"+":1,"=":1,
"-":-1,"\u2212":-1};if(!(!t.reach||e.ctrlKey||e.metaKey||e.altKey)){if(e.key in r)k(t,r[e.key],{x:.5,y:.5});else if(e.key in
o&&t.reach.zoom>1){let[s,c]=o[e.key];w(t,(t.shift?.x??0)+s/8,(t.shift?.y??0)+c/8),clearTimeout(t.rest),t.rest=setTimeout(
()=>b(t),y)}else return;e.preventDefault()}}function P(t,e){if(t.figures[e])return t.figures[e];let o=d("figure","",t.grid),
r=d("figcaption","",o),s=d("div","window",o),c={figure:o,name:d("b","",r),detail:d("span","detail",r),frame:s};return c.
image=d("img","",s),c.image.draggable=!1,d("div","mark",s),c.remark=d("p","remark",o),t.figures[e]=c,c}async function T(t,e){
let o=++t.draws,r=e.shots.map(i=>i.bytes&&URL.createObjectURL(new Blob([i.file],{type:"image/png"}))),s=r.filter(Boolean).
map(i=>Object.assign(new Image,{src:i}));if(await Promise.all(s.map(i=>i.decode())),o!==t.draws)return r.forEach(i=>i&&URL.
revokeObjectURL(i));clearTimeout(t.rest),t.reach=e.reach,t.shift=null;for(let i of t.figures.splice(e.shots.length))i.figure.
remove();e.shots.forEach((i,u)=>{let f=P(t,u);f.name.textContent=i.name,f.detail.textContent=i.detail,f.remark.textContent=
i.remark,f.frame.hidden=!i.bytes,f.image.alt=i.bytes?`${i.name} picture`:"",f.image.style.transform="",i.bytes?f.image.src=
r[u]:f.image.removeAttribute("src")}),t.urls.forEach(i=>i&&URL.revokeObjectURL(i)),t.urls=r;let{reach:c,root:n,grid:a}=t;
n.style.setProperty("--columns",e.columns),s[0]&&n.style.setProperty("--aspect",s[0].naturalWidth/s[0].naturalHeight),n.
dataset.zoom=c?.zoom??"",n.classList.toggle("movable",!!(c&&c.zoom>1)),t.hint.textContent=c?g:"",c?a.tabIndex=0:a.removeAttribute(
"tabindex"),a.setAttribute("aria-label",c?`Pictures to compare. ${g}`:"Pictures to compare")}function C(t){t.draws+=1,clearTimeout(
t.rest),t.urls.forEach(e=>e&&URL.revokeObjectURL(e)),t.root.remove()}function K({data:t,parentElement:e,setTriggerValue:o}){
if(!t)return;let r=m.get(e)??O(e);return m.set(e,r),r.send=o,T(r,E(t)).catch(s=>{r.hint.textContent=`The pictures could \
not be drawn: ${s.message}`}),()=>{C(r),m.delete(e)}}export{K as default};
