function m(e,t={},...s){let o=document.createElement(e);for(let[i,n]of Object.entries(t))o.setAttribute(i,n);return o.append(
...s),o}var Ls={first:"M4 4h2v12H4zM16 4v12L7 10z",back:"M14 4v12L5 10z",play:"M6 3l11 7-11 7z",pause:"M5 4h4v12H5zM11 4\
h4v12h-4z",next:"M6 4v12l9-6z",last:"M14 4h2v12h-2zM4 4v12l9-6z",loop:"M10 3a7 7 0 0 1 6.6 4.7l-1.9.6A5 5 0 1 0 15 10h-2\
.5l3.5-4.5L19.5 10H17a7 7 0 1 1-7-7z"};function tt(e){let t=document.createElementNS("http://www.w3.org/2000/svg","svg");
t.setAttribute("viewBox","0 0 20 20"),t.setAttribute("aria-hidden","true");let s=document.createElementNS("http://www.w3\
.org/2000/svg","path");return s.setAttribute("d",Ls[e]),t.append(s),t}function It(e){let[t,s]=zt(e);return{opening:t,scenes:e.subarray(s)}}function zt(e){let t=new DataView(e.buffer,e.byteOffset).
getUint32(0,!0);return[JSON.parse(new TextDecoder().decode(e.subarray(8,8+t))),8+t]}function Es(e){let t=e.slice(),[s,o]=zt(
t);return[s,$s(t.buffer,o,s.buffers)]}function Bt(e){let[t,s]=Es(e),o=t.links&&{...t.links,corners:s(t.links.corners),source:{
...t.links.source,values:s(t.links.source.values)},tap:{...t.links.tap,values:s(t.links.tap.values)}},i={steps:t.steps,limit:t.
limit,symbols:t.symbols,links:o};return{...t,links:o,scenes:t.scenes.map(n=>Os(n,i,s))}}function $s(e,t,s){let o={f4:Float32Array,
i2:Int16Array,i4:Int32Array,u1:Uint8Array},i={},n=({type:a,offset:h,length:l,outer:c,sparse:d})=>{if(c){let[w,g]=c.map(r),
b=new Float64Array(w.length*g.length);return w.forEach((v,M)=>g.forEach((x,S)=>b[M*g.length+S]=v*x)),b}if(!d)return new o[a](
e,t+h,l);let[u,f]=d.map(r),p=f instanceof Float32Array?new Float32Array(l):new Int32Array(l),y=-1;return u.forEach((w,g)=>{
y+=w,p[y]=f[g]}),p},r=a=>i[a]??=n(s[a]);return r}function Os(e,t,s){let o=e.channels.map((i,n)=>{let r=s(i.corners),a=i.
values?s(i.values):void 0;return{...i,index:n,corners:r,values:a,patch:i.rows*i.cols,fixed:r.length===2}});return{...t,...e,
flights:e.layout.board?.flights??(e.flight?[e.flight]:[]),grids:e.grids.map((i,n)=>Cs(i,n,s)),channels:o,channel:Object.
fromEntries(o.map(i=>[i.name,i])),captionIndex:s(e.captionOfStep)}}function Cs(e,t,s){let o=e.ids?s(e.ids):null,i=Array.
isArray(e.values)?s(e.values[0]):null,n=i?Float32Array.from(o,a=>i[Math.max(a,0)]):e.values&&s(e.values),r=new Map;return o?.
forEach((a,h)=>a>0&&r.set(a-1,h)),{at:[],...e,index:t,ids:o,values:n,place:a=>o?r.get(a):a}}function Ft(e,t){return e.length===
t.length&&e.every((s,o)=>s===t[o])}function Wt(e,t,s){let o=Math.floor(s),[i,n]=[Pt(e),Pt(t)];if(o===0)return 0;if(o>=e.
steps)return t.steps;if(!i||!n||e.links?.clock!==t.links?.clock)return Math.round(o/e.steps*t.steps);let r=Math.min(Math.
floor((o-1)/i[1]),n[0]-1),a=Math.min((o-1)%i[1],n[1]-1);return r*n[1]+a+1}function Pt({links:e,scenes:t,steps:s}){let{rows:o,
cols:i}=t[0].grids[0],n=e?e.clock==="target"?e.target:[e.source.rows,e.source.cols]:[o,i];return n[0]*n[1]===s?n:null}var _t=["size","kernel","stride","padding","output_padding","dilation"],Ns=new Set([..._t,..._t.map(e=>`${e}_cols`),..."\
linked input weights x w seed crop output_padding_written".split(" ")]);function Rs(e){return String(new URLSearchParams(
Object.entries(e).sort(([t],[s])=>t<s?-1:1)))}function Ps(e,t){let s=[...new URLSearchParams(e)].filter(([o])=>!Ns.has(o));
return String(new URLSearchParams([...s,...new URLSearchParams(t)]))}var st=!0,at=class{constructor(t){this.figure=t,this.
live="",this.wanted=null,this.asked=null,this.busy=!1,this.gone=!1,this.frame=Promise.resolve(),this.onAsk=s=>this.want(
Rs(s.detail.words)),document.addEventListener("layer:ask",this.onAsk)}destroy(){this.gone=!0,document.removeEventListener(
"layer:ask",this.onAsk)}get leads(){return this.wanted!==null}get hurries(){return this.leads&&this.wanted!==this.asked}take({
live:t="",asked:s=""}){return this.live=t,this.wanted!==null&&this.wanted!==s&&st?!1:(this.wanted=null,!0)}want(t){!this.
live||!st||(this.wanted=t,this.busy||this.pursue())}async pursue(){for(this.busy=!0,this.asked=null;this.wanted!==null&&
this.wanted!==this.asked&&!this.gone;){this.asked=this.wanted;let t=await this.ask(this.asked);if(await this.frame,this.
gone)break;this.deliver(t,this.asked),this.frame=new Promise(s=>requestAnimationFrame(()=>setTimeout(s,0)))}this.busy=!1}deliver(t,s){
t instanceof Uint8Array?this.figure.show(t,s):t?.refusal&&this.figure.refuse(t.refusal),Ut({waiting:t===null&&st,refusal:!(t instanceof
Uint8Array)&&t?.refusal||""})}async ask(t){let s=setTimeout(()=>Ut({waiting:!0,refusal:""}),400);try{let o=await fetch(new URL(
`${this.live}?${Ps(location.search,t)}`,location.href)),i=o.headers.get("content-type")??"";if(o.ok&&i.startsWith("appli\
cation/octet-stream"))return new Uint8Array(await o.arrayBuffer());if(o.ok&&i.startsWith("application/json")){let n=await o.
json();return n.reload&&(st=!1),n}return o.ok&&(st=!1),null}catch{return null}finally{clearTimeout(s)}}};function Ut(e){
document.dispatchEvent(new CustomEvent("layer:answer",{detail:e}))}function q(e){return e.layout.board?.results??[e.layout.result]}function W(e,t){let s=e.fixed?0:2*t;return[e.corners[s],
e.corners[s+1]]}function T(e,t,s,o){let{rows:i,cols:n}=e.grids[s.grid],[r,a]=W(s,t);for(let h=0;h<s.rows;h+=1){let l=r+h*
s.rowStep;if(!(l<0||l>=i))for(let c=0;c<s.cols;c+=1){let d=a+c*s.colStep;d>=0&&d<n&&o(l*n+d,h*s.cols+c,l,d)}}}function N(e,t,s){
let[o,i]=W(s,t);return{row:o,col:i,rows:s.rowStep*(s.rows-1)+1,cols:s.colStep*(s.cols-1)+1}}function _({rows:e,cols:t},s){
let o=Math.max(0,s.row),i=Math.max(0,s.col),n=Math.min(e,s.row+s.rows),r=Math.min(t,s.col+s.cols);return n>o&&r>i?{row:o,
col:i,rows:n-o,cols:r-i}:null}function $(e,t,s,o){return t.product?t.product.reduce((i,n)=>{let r=e.channel[n],[a,h]=W(r,
s),l=Math.floor(o/r.cols),c=o%r.cols,d=e.grids[r.grid];return i*d.values[(a+l*r.rowStep)*d.cols+h+c*r.colStep]},1):t.values[s*
t.patch+o]}function et(e,t,s,o=e.factors){return o.map(({channel:i,at:n})=>{let r=e.channel[i],a=e.grids[r.grid],h=n==="same"?s:0,[
l,c]=W(r,t),d=l+Math.floor(h/r.cols)*r.rowStep,u=c+h%r.cols*r.colStep,f=a.values[d*a.cols+u];return{grid:r.grid,row:d,col:u,
value:f,role:a.role,name:J(e,a,d,u),letter:ot(e,a,d*a.cols+u)}})}function Is(e,t,s){let o=[],i=e.channels.find(a=>a.grid===
t&&a.mode!=="read");if(!i||e.factors.length===0)return o;let[n]=e.factors.map(({channel:a})=>e.channel[a]),r=e.factors.every(
({at:a})=>a==="same")&&i.patch===1?n.patch:1;for(let a=0;a<e.steps;a+=1)T(e,a,i,(h,l)=>{if(h===s)for(let c=0;c<r;c+=1){let d=et(
e,a,r>1?c:l),u=r>1?lt(d):$(e,i,a,l);o.push({step:a,value:u,factors:d,cells:()=>d})}});return o}function zs(e,t,s){let{sums:o}=e.
layout.board,i=[];for(let n=0;n<e.steps;n+=1)for(let r of e.channels)r.grid!==t||!o[r.name]||T(e,n,r,(a,h)=>{if(a===s)for(let l of o[r.
name]){let c=et(e,n,h,l);i.push({step:n,value:lt(c),factors:c,cells:()=>c})}});return i}function lt(e){return e.reduce((t,s)=>t*
s.value,1)}function Y(e,t,s,o=0){let{links:i}=e;if(!i){let[u]=e.scenes,f=u.grids[q(u)[o]];return(u.layout.board?zs:Is)(u,
f.index,(t+(f.frame?.row??0))*f.cols+s+(f.frame?.col??0))}let{source:n,tap:r,corners:a,spacing:h,target:l}=i,c=t>=0&&s>=
0&&t<l[0]&&s<l[1],d=[];for(let u=0;u<n.values.length;u+=1){let f=(t-a[2*u])/h[0],p=(s-a[2*u+1])/h[1];if(!(Number.isInteger(
f)&&Number.isInteger(p)&&f>=0&&p>=0&&f<r.rows&&p<r.cols))continue;let w=f*r.cols+p;d.push({source:u,step:i.clock==="sour\
ce"?u:c?t*l[1]+s:-1,value:n.values[u]*r.values[w],factors:[{role:"input",name:Tt(i,u),letter:jt(u),value:n.values[u]},{role:"\
kernel",name:St(i,w),letter:qt(i,w),value:r.values[w]}],cells:g=>Bs(g,{source:u,tap:w,row:c?t*l[1]+s:-1})})}return d}function Bs(e,{
source:t,tap:s,row:o}){let i=[];for(let n of e.grids){let r;n.family==="source"&&(r=n.place(t)),n.family==="tap"&&s!==void 0&&
(r=n.place(s)),n.family==="entry"&&o>=0&&(r=o*n.cols+t),r!==void 0&&i.push({grid:n.index,row:Math.floor(r/n.cols),col:r%
n.cols})}return i}function Ht(e,t){if(e.family!=="source")return;let s=e.ids?e.ids[t]-1:t;return s>=0?s:void 0}function Tt({
source:e},t){return`x[${Math.floor(t/e.cols)},${t%e.cols}]`}function St({tap:e},t){return`w[${Math.floor(t/e.cols)},${t%
e.cols}]`}function jt(e){return String.fromCharCode(97+e)}function qt({tap:e},t){let s=o=>String.fromCharCode(8320+o);return`\
w${s(Math.floor(t/e.cols))}${s(t%e.cols)}`}function ot(e,t,s){let{links:o}=e;if(!o)return null;let i=t.ids?t.ids[s]-1:s;
return t.family==="source"?i<0?"0":jt(i):t.family==="tap"||t.family==="entry"?i<0?"0":qt(o,i):null}function k(e,t=4){let s=Math.
abs(e);return s<1e-9?"0":(s>=1e5||s<.001?e.toExponential(Math.max(0,t-3)).replace("e+","e"):String(Number(e.toPrecision(
t)))).replaceAll("-","\u2212")}function Dt(e,t,s,o){return s===1?`${e} ${t}`:o===1?`${e}s ${t}\u2013${t+s-1}`:`${e}s ${Array.
from({length:s},(i,n)=>t+n*o).join(", ")}`}function J(e,t,s,o){if(t.ids&&e.links){let l=t.ids[s*t.cols+o]-1;if(t.family===
"entry"){let c=`${t.symbol}[${s},${o}]`;return l<0?c:`${c} = ${St(e.links,l)}`}return l<0?l===-1?"inserted zero":"paddin\
g":t.family==="source"?Tt(e.links,l):St(e.links,l)}let i=t.frame;if(t.symbol.endsWith("]"))return t.symbol;let n=t.at.map(
l=>`${l},`).join("");if(!i)return`${t.symbol}[${n}${s},${o}]`;let r=s-i.row,a=o-i.col;return r>=0&&a>=0&&r<i.rows&&a<i.cols?
`${t.symbol}[${n}${r},${a}]`:`${t.outside}[${n}${s},${o}]`}function it(e,t,s){return s.replace(/\{(\w+)\.(\w+)\}/g,(i,n,r)=>{
let a=e.channel[n],[h,l]=W(a,t),c=e.grids[a.grid];return r==="value"?k(a.mode==="read"?c.values[h*c.cols+l]:$(e,a,t,0)):
r==="name"&&c.family==="source"&&e.links?.clock==="source"?Tt(e.links,t):r==="name"?J(e,c,h,l):r==="rows"?Dt("row",h,a.rows,
a.rowStep):Dt("column",l,a.cols,a.colStep)}).replace(/^(row|column)/,i=>i[0].toUpperCase()+i.slice(1))}var ht=class{constructor(t){this.player=t,this.hover=null,this.pin=null}load(t){let{hover:s}=this;this.hover=null,s&&this.
player.panels.includes(s.panel)&&s.row<s.view.grid.rows&&s.col<s.view.grid.cols&&(this.hover={...s,...this.relations(s)});
let o=t?this.player.opening.pin:this.pin&&[this.pin.y,this.pin.x,this.pin.at];this.setPin(o)}setHover(t){let{player:s}=this,
o=t&&this.hover&&t.view===this.hover.view&&t.row===this.hover.row&&t.col===this.hover.col;o||(this.hover=t&&{...t,...this.
relations(t)}),t&&(t.view.canvas.title=this.nameOf(t)),!o&&!s.playing&&s.draw()}relations({panel:t,view:s,row:o,col:i}){
let{grid:n}=s,r=t.results.indexOf(s);return r>=0?{focus:this.focusOn(o-(n.frame?.row??0),i-(n.frame?.col??0),r)}:n.family===
"entry"&&n.ids[o*n.cols+i]===0?{}:n.family==="entry"?{source:i}:this.player.message.links?{source:Ht(n,o*n.cols+i)}:{}}focusOn(t,s,o=0){
return{y:t,x:s,at:o,terms:Y(this.player.message,t,s,o)}}nameOf({panel:t,view:s,row:o,col:i}){let{index:n,cols:r}=s.grid,
a=o*r+i,h=J(t.scene,s.grid,o,i);if(s.reach?.[a]===0)return`${h}: a hole, no stamp reaches it`;let l=t.replay.reached[n][a]===
1;return`${h} ${l?`= ${k(t.replay.values[n][a])}`:"not reached yet"}`}choose(t){if(!t)return;let{player:s}=this,{panel:o,
view:i,row:n,col:r}=t;if(i.grid.action==="jump"){this.jump(o,i.grid,n,r);return}let a=n-(i.grid.frame?.row??0),h=r-(i.grid.
frame?.col??0),l=o.results.indexOf(i),c=this.pin&&this.pin.y===a&&this.pin.x===h&&this.pin.at===l;this.setPin(c?null:[a,
h,l]),s.describe(),s.draw(),s.reportSoon()}jump({scene:t},s,o,i){let n=t.channels.find(r=>r.grid===s.index&&r.patch===1);
if(n)for(let r=0;r<t.steps;r+=1){let[a,h]=W(n,r);o===a&&i===h&&this.player.goTo(r+1)}}move(t,s,o){let n={ArrowUp:[-1,0],
ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]}[t.key];if(t.key==="Enter")this.choose(this.hover??{panel:s,view:o,row:0,
col:0});else if(n){let r=this.hover?.view===o?this.hover:{row:0,col:-1},a=(h,l)=>Math.min(l-1,Math.max(0,h));this.setHover(
{panel:s,view:o,row:a(r.row+n[0],o.grid.rows),col:a(r.col+n[1],o.grid.cols)}),this.player.pinBox.setAttribute("aria-labe\
l",this.nameOf(this.hover))}else return;t.preventDefault(),t.stopPropagation()}setPin(t){let s=({results:o})=>{let i=o[t[2]??
0]?.grid;if(!i)return!1;let n=t[0]+(i.frame?.row??0),r=t[1]+(i.frame?.col??0);return n>=0&&r>=0&&n<i.rows&&r<i.cols};this.
pin=t&&this.player.panels.some(s)?this.focusOn(...t):null}};var At=(e,t)=>e<4?e:Math.floor(e*t)/t,U=(e,t)=>{let s=Math.max(2,At(e,t));return{width:s,height:s}},B=e=>e.reduce((t,s)=>t+
s.cols,0),z=e=>Math.max(...e.map(t=>t.rows));function Q(e){return e.layout.factors.filter(t=>typeof t=="number").map(t=>e.
grids[t])}function P(e){return!!e.grids[e.layout.result].column}function G(e){let[t,...s]=Q(e);return!e.layout.board&&s.
length===2&&t.rows>=s[0].rows+2}function Kt(e,t,s,o=440){if(e.length===1){let[l]=e;return l.layout.board?Ws(l,t,s):P(l)?
{layout:t<620?"narrow":"wide",sizes:[Gt(l,{width:t<620?t:t-250,height:480,ratio:s})],widths:[t]}:Us(l,t,s,o)}let i=t>=700,
n=i?Fs(e,t-28*(e.length-1)):e.map(()=>t),r=e.map((l,c)=>{let{rows:d,cols:u}=l.grids[l.layout.result];return P(l)?1/0:Math.
min(46,n[c]/u,(i?300:400)/d)}),a=Math.min(...r),h=e.map((l,c)=>P(l)?Gt(l,{width:n[c],height:i?450:480,ratio:s}):Vt(l,{width:n[c],
result:a,ratio:s,roomy:!i}));return{layout:i?"beside":"narrow",sizes:h,widths:n}}function Fs(e,t){let s=e.map(i=>e.length>
2&&P(i)?.76:1),o=s.reduce((i,n)=>i+n,0);return s.map(i=>i*t/o)}function Vt(e,{width:t,result:s,ratio:o,roomy:i}){let[n,...r]=Q(
e),a=G(e)?Math.max(...r.map(({cols:y})=>y)):B(r),h=G(e)?1:r.length,l=i&&r.length===1?44:22,c=n.rows>r[0].rows?(t-l-92)/n.
cols:1/0,d=G(e)?Math.max(n.rows,r[0].rows+r[1].rows+3):Math.max(n.rows,z(r)),u=Math.min(40,(t-l*h)/(n.cols+a),c,(G(e)?280:
220)/d),f=Math.max(u,Math.min(18,92/a)),p=[];for(let y of r)p[y.index]=U(n.rows>r[0].rows?f:u,o);return p[n.index]=U(u,o),
p[e.layout.result]=U(s,o),p}function Gt(e,{width:t,height:s,ratio:o}){let i=Q(e).find(d=>!d.column),n=e.grids[e.layout.result],
r=e.symbols&&t>500?170:0,a=Math.min(44,Math.max(28,t/9)),h=Math.min(48,(t-72-a-(r||a))/i.cols),l=s/i.rows,c=[];for(let d of e.
grids){let u=d.column&&d!==n?Math.min(s/(d.rows*d.cols),Math.max(l,16)):l,f=d===i?h:d===n&&r||a;c[d.index]={width:At(f,o),
height:At(Math.min(26,u),o)}}return c}function Ws(e,t,s){let{rows:o,results:i}=e.layout.board,n=[];for(let c of t<620?["\
narrow"]:["wide","over"])for(let d=10;d<=32;d+=1)for(let u=1;u<=i.length;u+=1)n.push(_s(e,{width:t,layout:c,cell:d,count:u}));
let r=n.reduce((c,d)=>d.score>c.score?d:c),[a]=o[0],h=({index:c,rows:d,cols:u})=>i.includes(c)?r.size:d===e.grids[a].rows&&
u===e.grids[a].cols&&o.some(([f])=>f===c)?r.cell:r.tap,l=e.grids.map(c=>U(h(c),s));return{layout:r.layout,sizes:[l],widths:[
t],across:r.count}}function _s(e,{width:t,layout:s,cell:o,count:i}){let{rows:n,results:r}=e.layout.board,a=n.map(C=>C.map(
R=>e.grids[R]).filter(Boolean)),[h,...l]=a[0],c=s==="wide",d=(s==="narrow"?24:30)+(s==="narrow"?6:10)*(l.length+1),u=((c?
.56:1)*t-d-o*h.cols)/B(l),f=Math.floor(Math.min(32,u,Math.max(o,o*h.rows/l[0].rows))),y=a.map(C=>Math.max(...C.map(R=>R.
rows*(R===C[0]&&C.length>l.length?o:f)))).reduce((C,R)=>C+R+36,0),{rows:w,cols:g}=e.grids[r[0]],b=c?t-o*h.cols-f*B(l)-d-
100:t,v=Math.ceil(r.length/i),M=Math.floor(Math.min(34,(b-24*(i-1))/(g*i))),x=(M*w+60)*v,S=c?Math.max(y,x):y+x,E=[o,f,M],
A=E.filter(C=>C>=17).length,V=Math.min(o,24)+Math.min(f,30)+Math.min(M,26),nt=f>=6&&M>=4;return{layout:s,cell:o,tap:f,size:M,
count:i,score:nt?30*A+V-S/40-(s==="narrow"?0:Math.max(0,S-600)/12):Math.min(...E)-1e3}}function Us(e,t,s,o){let i=Q(e),n=e.
grids[e.layout.result],r=[],a=(S,E)=>{for(let A of S)r[A.index]=U(E,s)},h=S=>({layout:S,sizes:[r],widths:[t]});if(t<620&&
G(e)){let S=Math.min(46,t/e.grids[e.layout.result].cols);return{layout:"narrow",sizes:[Vt(e,{width:t,result:S,ratio:s,roomy:!0})],
widths:[t]}}if(t<620)return a(i,Math.min(40,(t-56)/B(i),260/z(i))),a([n],Math.min(46,t/n.cols)),h("narrow");let l=t-66-60,
c=Math.max(n.rows,z(i)),d=Math.min(80,l/(B(i)+n.cols),o/c);if(d>=26)return a([...i,n],d),h("wide");let u=Math.min(46,500/
n.rows,.54*t/n.cols),f=Math.min(46,t/n.cols,300/n.rows),p=Math.min(40,(t-80)/B(i),180/z(i)),y=f*n.rows+p*z(i);if(f>=1.5*
u&&y<=400)return a(i,p),a([n],f),h("over");let w=t-Math.max(u*n.cols,200)-40-64,g=Math.min(46,w/B(i),(w-216)/i[0].cols,440/
z(i)),[b,...v]=i,M=Math.min(44,(w+64)/b.cols,210/b.rows),x=Math.min(44,(w+10)/B(v),150/z(v));return a([n],u),g>=26||g>=Math.
min(M,x)?(a(i,g),h("wide")):(a([b],M),a(v,x),h("stacked"))}var Ds=12,Yt=56,Jt=54,Qt=84;function Xt(e){e.root.classList.add("looping"),e.transport.setLoop(!0);let t=m("div",{class:"\
foot"},e.transport.root,e.caption);e.pinBox.remove(),e.panels[0].left.append(t)}function Zt({scenes:e},t,s,o,i){return t?
Hs(e[0],{width:s-Ds,height:t,ratio:o}):Kt(e,s,o,i)}function Hs(e,{width:t,height:s,ratio:o}){let i=Q(e),n=e.grids[e.layout.
result],r=t<620,a=r?t-56:.56*t-64,h=r?92:s-Jt-Qt,l=Math.min(Yt,a/B(i),h/z(i)),c=s-Jt-(r?18+l*z(i)+Qt:0),d=Math.min(Yt,(r?
1:.4)*t/n.cols,c/n.rows),u=[];for(let f of i)u[f.index]=U(l,o);return u[e.layout.result]=U(d,o),{layout:r?"narrow":"wide",
sizes:[u],widths:[t]}}function ts(e){let{top:t,bottom:s}=e.getBoundingClientRect();return s>0&&t<innerHeight}var js=1400,Lt=2200,qs=8,Gs=6e4,Ks=500,rt=.3/2.2,O=.9/2.2,X=1.8/2.2,ct=class{constructor(){this.position=0,this.playing=
!1,this.loop=!1,this.speed=1,this.untouched=!0,this.until=void 0,this.message=void 0,this.opening={},this.turning=void 0,
this.cells=void 0,this.root=void 0,this.report=void 0,this.reduced=matchMedia("(prefers-reduced-motion: reduce)")}draw(){}describe(){}get steps(){
return this.message.steps}get stepTime(){return this.timeOf(Math.floor(this.clock??this.position))/this.speed}timeOf(t){
let{links:s,scenes:o}=this.message,i=s?s.clock==="target"?s.target[1]:s.source.cols:o[0].grids[0].cols,n=Math.min(i,qs,this.
steps);return t<n||this.steps===n?Lt:Math.min(Lt,(Gs-n*Lt)/(this.steps-n))}get phase(){let t=this.position%1;return t===
0?"rest":t<O?"fly":t<X?"add":"settle"}get isLegible(){return this.stepTime>=Ks||!this.playing}get isAdding(){return this.
phase==="add"&&this.isLegible}toggle(){this.playing?this.pause():this.play()}play(){(this.untouched||this.position>=this.
steps)&&(this.position=0),this.untouched=!1,this.until=void 0,this.turning.settle(),this.playing=!0,this.clock=this.position,
this.held=0,this.last=void 0,clearTimeout(this.reporting),cancelAnimationFrame(this.turning.frame),this.describe(),this.
frame=requestAnimationFrame(t=>this.tick(t))}pause(){this.playing=!1,cancelAnimationFrame(this.frame),this.until=void 0,
this.turning.settle(),this.draw(),this.describe(),this.reportSoon()}tick(t){let s=this.last===void 0?0:Math.min(1e3,t-this.
last);if(this.last=t,this.frame=requestAnimationFrame(i=>this.tick(i)),this.opening.loop&&!ts(this.root))return;if(this.
turning.due){this.turning.advance(s),this.draw(),this.turning.due||this.describe();return}this.clock>=this.steps&&(this.
held+=s);let o=this.until??this.steps;this.clock=Math.min(o,this.clock+s/this.stepTime),this.position=this.reduced.matches?
Vs(this.clock):this.clock,this.draw(),this.position>=o&&(!this.loop||this.until!==void 0)?this.pause():this.held>=js&&(this.
held=0,this.clock=0)}goTo(t){this.untouched=!1,this.playing=!1,this.until=void 0,cancelAnimationFrame(this.frame),this.position=
this.clock=Math.min(this.steps,Math.max(0,t)),this.turning.settle(),this.draw(),this.describe(),this.reportSoon()}stepBy(t){
let s=this.position%1!==0;t<0?this.goTo(Math.ceil(this.position)+t):s?this.goTo(Math.ceil(this.position)):this.position<
this.steps&&(this.untouched=!1,this.play(),this.until=Math.min(this.steps,Math.floor(this.position)+t))}reportSoon(){clearTimeout(
this.reporting),this.reporting=setTimeout(()=>{if(this.playing||this.opening.loop)return;let{pin:t}=this.cells;this.report(
{step:Math.floor(this.position),pin:t&&[t.y,t.x,...t.at?[t.at]:[]]})},700)}};function Vs(e){let t=e%1;return t===0?e:Math.
floor(e)+(t<O?0:t<X?O:1)}var dt=class{constructor(t){this.root=t,this.seat=m("div",{class:"seat"}),this.inSight=new Map,t.classList.add("floats"),
this.watching=new IntersectionObserver(s=>{for(let{target:i,isIntersecting:n,boundingClientRect:r}of s)this.inSight.set(
i,n||r.bottom<0);let o=this.inSight.get(t)&&!this.inSight.get(this.seat);t.classList.toggle("floats",!!o)})}watch(){this.
watching.observe(this.root),this.watching.observe(this.seat)}destroy(){this.watching.disconnect()}};var F=8;function ss(e,t,s,o,i){let n=(o-56)/3-2,r=l=>e.results.every(c=>c.grid.index!==l.index),a=e.views.every(({grid:l})=>!r(
l)||l.cols*s[l.index].width<=n);e.root.style.width=t==="beside"?`${o}px`:"",e.factors.style.minHeight="";let h=e.views.filter(
({grid:l})=>r(l)).map(({grid:l})=>l.rows*s[l.index].height);e.factors.style.setProperty("--middle",`${Math.min(...h)/2}p\
x`);for(let l of e.views){l.resize(s[l.grid.index],i),l.canvas.style.marginTop="";let c=l.drawnCols*l.width,d=P(e.scene),
u=a?n:56,f=r(l.grid)?104:240,p={beside:r(l.grid)?62:o,narrow:r(l.grid)?u:o},y=d||e.scene.layout.board?r(l.grid)?40:150:p[t]??
f;l.figure.style.setProperty("--caption",`${Math.max(y,c)}px`)}}function es(e){let t=e.filter(({scene:r})=>!P(r)).map(({
factors:r})=>r),s=Math.max(...t.map(r=>r.offsetHeight));for(let r of t)r.style.minHeight=`${s}px`;let o=e.filter(({scene:r})=>!P(
r)).map(({result:r})=>r),i=({grid:r,height:a})=>(r.frame?.row??0)*a,n=Math.max(...o.map(i));for(let r of o)r.canvas.style.
marginTop=`${n-i(r)}px`}function os(e,t){let s=e.message.scenes[0].flight,o=s&&e.panels[0].views[e.message.scenes[0].channel[s.
from].grid];e.pinBox.style.maxWidth="";let n=(()=>{let h=e.stage.getBoundingClientRect();for(let l of e.panels.flatMap(c=>c.
views)){let c=l.canvas.getBoundingClientRect();l.x=c.left-h.left,l.y=c.top-h.top}return h})();if(o&&e.layout==="wide"&&!e.
message.scenes[0].layout.board){let h=o.x+o.canvas.clientWidth/2-24;e.pinBox.style.maxWidth=`${Math.max(220,h)}px`}let r=n.
width+2*F,a=n.height+2*F;e.overlay.style.width=`${r}px`,e.overlay.style.height=`${a}px`,e.overlay.width=Math.round(r*t),
e.overlay.height=Math.round(a*t),e.pen.setTransform(t,0,0,t,F*t,F*t)}function I(e,t,s,o,i,n){e.beginPath(),e.roundRect(t,s,o,i,Math.min(n,o/2,i/2))}function L(e,t,s,o,{width:i=2.5,dash:n=[],
pad:r=1}={}){let a=_(t.grid,s);if(!a)return;let l=t.grid.column&&a.cols<t.grid.cols?Array.from({length:a.rows},(c,d)=>({
...a,row:a.row+d,rows:1})):[a];e.save(),e.strokeStyle=o,e.lineWidth=i,e.setLineDash(n);for(let{row:c,col:d,rows:u,cols:f}of l){
let{x:p,y}=t.rect(c,d),w=t.grid.column?1:f,g=t.grid.column?u*f:u,b=Math.min(t.width,t.height)>=20?5:2;I(e,p-r,y-r,w*t.width+
2*r,g*t.height+2*r,b),e.stroke()}e.restore()}function is(e,t,s){let o=Math.min(s.width,s.height);o<5||(e.strokeStyle=t.soft,
e.lineWidth=1,e.beginPath(),e.arc(s.x+s.width/2,s.y+s.height/2,o*.14,0,2*Math.PI),e.stroke())}function rs(e,t){let s=document.
createElement("canvas");s.width=6,s.height=6;let o=s.getContext("2d");return o.strokeStyle=t.soft,o.globalAlpha=.4,o.lineWidth=
1,o.beginPath(),o.moveTo(-1,7),o.lineTo(7,-1),o.moveTo(-1,1),o.lineTo(1,-1),o.moveTo(5,7),o.lineTo(7,5),o.stroke(),e.createPattern(
s,"repeat")}var Ys=1600,ut=class{constructor(t){this.player=t,this.share=1}get due(){return this.share<1}get state(){return this.share===
0?"upright":this.due?"turning":"turned"}get possible(){return!this.player.reduced.matches&&this.player.panels.some(({turning:t})=>t)}settle(){
let{position:t,playing:s}=this.player;this.possible?t===0&&!s?this.reset():this.due&&!s&&this.run():this.share=1}reset(){
cancelAnimationFrame(this.frame),this.share=0}run(){cancelAnimationFrame(this.frame);let t,s=o=>{this.advance(t===void 0?
0:o-t),t=o,this.player.draw(),this.due?this.frame=requestAnimationFrame(s):this.player.describe()};this.frame=requestAnimationFrame(
s)}advance(t){this.share=Math.min(1,this.share+Math.min(100,t)*this.player.speed/Ys),this.player.root.dataset.turn=this.
state}replay(){!this.possible||this.player.playing||(this.reset(),this.run())}};function D(e){let t=Math.min(1,Math.max(
0,e));return t<.5?2*t*t:1-(2-2*t)**2/2}function ns(e,t,s){let{turning:o}=t,i=s.turning;if(!i||!o.due)return;let{rows:n,cols:r,
values:a}=i.grid,h=(1-D(o.share))*Math.PI,{theme:l}=t,c=r*i.width,d=n*i.height,u={x:i.x+c/2,y:i.y+d/2};e.save(),e.fillStyle=
l.page,e.fillRect(i.x-1,i.y-1,c+2,d+2),e.restore();for(let f=0;f<n*r;f+=1){let p=i.rect(Math.floor(f/r),f%r),y=p.x+p.width/
2-u.x,w=p.y+p.height/2-u.y,g=u.x+y*Math.cos(h)-w*Math.sin(h),b=u.y+y*Math.sin(h)+w*Math.cos(h),v=ot(s.scene,i.grid,f),M=o.
share>0||s.scene.symbols,x=k(a[f],3),S=M&&v?[`${v}
${x}`,v]:x;e.save(),e.translate(g,b),Js(e,l,i,{angle:h,text:s.scene.symbols&&v?v:S,value:a[f]}),e.restore()}o.share!==0&&
(e.save(),e.translate(u.x,u.y),e.rotate(h),e.strokeStyle=l.kernel,e.lineWidth=2,I(e,-c/2-1,-d/2-1,c+2,d+2,5),e.stroke(),
e.restore())}function Js(e,t,s,{angle:o,text:i,value:n}){let r=t.fill(n),a=s.width-s.gap,h=s.height-s.gap;e.save(),e.rotate(
o),e.fillStyle=r.back,I(e,-a/2,-h/2,a,h,3),e.fill(),e.restore();let l={x:-s.width/2,y:-s.height/2,width:s.width,height:s.
height};s.drawText(e,t,l,i,r.text)}var as=150,Qs=100,ft=class{constructor(t){this.player=t,this.begun=void 0,this.before=t.panels.map(s=>({views:s.views.map(
({x:o,y:i,width:n,height:r})=>({x:o,y:i,width:n,height:r})),stamps:ls(s)}))}play(){let{player:t,before:s}=this;if(!s.length||
s.length!==t.panels.length)return;t.panels.forEach((n,r)=>this.slide(n,s[r].views));let o=t.panels.map(ls),i=n=>{this.begun??=
n;let r=Math.min(1,(n-this.begun)/as);if(r>=1||t.morph!==this){t.draw();return}t.pen.clearRect(-F,-F,t.overlay.width,t.overlay.
height),t.panels.forEach((a,h)=>this.outline(a,s[h].stamps,o[h],D(r))),this.frame=requestAnimationFrame(i)};this.frame=requestAnimationFrame(
i)}stop(){cancelAnimationFrame(this.frame)}slide(t,s){t.views.forEach((o,i)=>{let n=s[i];if(!n?.width||!o.width)return;let r=[
n.width/o.width,n.height/o.height],a=[n.x-o.x,n.y-o.y];if(r.every(l=>l===1)&&a.every(l=>l===0))return;let h=`translate(${a[0]}\
px, ${a[1]}px) scale(${r[0]}, ${r[1]})`;o.canvas.style.transformOrigin="0 0",o.canvas.animate([{transform:h},{transform:"\
none"}],{duration:as,easing:"ease-in-out"})})}outline({views:t,scene:s},o,i,n){let{pen:r,theme:a}=this.player,h=s.channel[s.
flights[0]?.to];if(!h)return;let l=t[h.grid];i.forEach((c,d)=>{let u=o[d]??c,f=b=>u[b]+(c[b]-u[b])*n,[p,y,w,g]=["x","y",
"width","height"].map(f);r.save(),r.globalAlpha=1-n**4,r.strokeStyle=a.stamp,r.lineWidth=2,r.beginPath(),r.roundRect(p+1,
y+1,w-2,g-2,Math.min(5,l.width/4)),r.stroke(),r.restore()})}};function ls({scene:e,views:t}){let s=e.channel[e.flights[0]?.
to];if(!s||s.fixed||e.steps>Qs)return[];let o=t[s.grid];return Array.from({length:e.steps},(i,n)=>{let{row:r,col:a,rows:h,
cols:l}=N(e,n,s),{x:c,y:d}=o.rect(r,a);return{x:c,y:d,width:l*o.width,height:h*o.height}})}var Xs=34,Zs=9;function ds({scene:e,replay:t},s,o){if(o.mode!=="add")return[];let i=t.position>s?1:0,n=new Map;return T(
e,s,o,(r,a)=>{let h=$(e,o,s,a);if((t.terms[o.grid][r]??[]).length<=i)return;let c=t.values[o.grid][r]-(i?h:0);n.set(r,{cell:r,
old:c,add:h,total:c+h})}),[...n.values()]}function mt(e){return e.find(({old:t,add:s})=>t!==0&&s!==0)??e[0]}function us(e){
return Math.min(e.width,e.height)>=Xs}function fs(e,t,s,o,i,n){if(!t.isAdding||!us(o))return;let r=new Set;T(s.scene,i,n,
a=>r.add(a)),e.drawImage(te(o,t.theme,s.replay,r),o.x,o.y,o.drawnCols*o.width,o.drawnRows*o.height)}var hs=new WeakMap;function te(e,t,s,o){
let i=`${s.position} ${t.page} ${e.width}`,n=hs.get(e);if(n?.key===i&&n.replay===s)return n.canvas;let r=document.createElement(
"canvas");r.width=e.canvas.width,r.height=e.canvas.height;let a=r.getContext("2d");a.setTransform(e.context.getTransform());
let{rows:h,cols:l}=e.grid;for(let c=0;c<h;c+=1)for(let d=0;d<l;d+=1)o.has(c*l+d)||e.drawAt(t,s,c,d,{pen:a,dim:!0});return hs.
set(e,{key:i,replay:s,canvas:r}),r}function pt(e,t,s,{view:o,rect:i,share:n,target:r,add:a,replaces:h}){let{theme:l}=t,{
replay:c,scene:d}=s,u=o.grid.index,f=h?0:c.values[u][r.cell],p=h||!c.terms[u][r.cell]?.length,y=o.isCropped(r.row,r.col);
if(!p&&t.isAdding&&!d.symbols&&us(o)){se(e,l,o,i,{old:f,add:a,strong:r.cell===t.quotedCell});return}let w=d.symbols?o.label(
r.cell,t.position+1):void 0;o.drawCell(e,l,i,{value:f+a,text:w,cropped:y}),!(n<X)&&(e.save(),e.globalAlpha=.28*(1-D((n-X)/
(1-X))),e.fillStyle=l.stamp,I(e,i.x,i.y,i.width,i.height,3),e.fill(),e.restore())}function se(e,t,s,o,{old:i,add:n,strong:r}){
let{x:a,y:h,width:l,height:c}=o;e.save(),e.fillStyle=t.page,e.strokeStyle=t.stamp,e.lineWidth=r?3:2,I(e,a+1,h+1,l-2,c-2,
3),e.fill(),r&&(e.globalAlpha=.13,e.fillStyle=t.stamp,e.fill(),e.globalAlpha=1),e.stroke();let d=n<0?"\u2212":"+",u=[[k(
i,3),t.output],[` ${d} `,t.soft],[k(Math.abs(n),3),t.stamp]],f=Math.min(l,c);cs(e,t,u,{x:a,y:h+.37*c,width:l,size:.3*f});
let p=[[`= ${k(i+n,3)}`,t.ink]];cs(e,t,p,{x:a,y:h+.7*c,width:l,size:.25*f}),e.restore()}function cs(e,t,s,{x:o,y:i,width:n,
size:r}){let a=s.map(([d])=>d).join(""),h=r,l=()=>(e.font=`700 ${h}px ${t.font}`,e.measureText(a).width);for(;l()>n-6&&h>
Zs;)h-=.5;e.textBaseline="middle",e.textAlign="left";let c=o+(n-l())/2;for(let[d,u]of s)e.fillStyle=u,e.fillText(d,c,i),
c+=e.measureText(d).width}var Et=.1,ms=.23;function gt(e,t,s){let o=et(e,t,s);return e.symbols?o.some(({letter:i})=>i==="0")?"0":o.map(({letter:i})=>i).
join("\xB7"):o.map(({value:i})=>k(i,3)).join("\xB7")}function ps({context:e,player:t,panel:s,theme:o},i,n,r){let{scene:a,
views:h}=s,l=a.channel[r.from],c=a.channel[r.to],d=h[l.grid],u=h[c.grid],f=a.layout.board?.sums[r.to],p=f?ms:rt;if(f&&!_(
u.grid,N(a,i,c)))return;if(f&&n<p){for(let M of f)ee({context:e,player:t,panel:s,theme:o},i,n,l,M);return}let y=a.factors.
length>0&&(n<rt*.8&&t.isLegible||a.symbols);if(T(a,i,l,(M,x,S,E)=>{let A=y?gt(a,i,x):void 0;d.drawCell(e,o,d.rect(S,E),{
value:$(a,l,i,x),text:A})}),L(e,d,N(a,i,l),o.stamp),n<p)return;let w=D((n-p)/(O-p));n>=O&&fs(e,t,s,u,i,c);let g={x:1/0,y:1/0,
right:-1/0,bottom:-1/0},b=[],v=new Map;T(a,i,c,(M,x,S,E)=>{b[x]={cell:M,row:S,col:E},v.set(M,(v.get(M)??0)+$(a,c,i,x))}),
T(a,i,l,(M,x,S,E)=>{let A=Math.min(x,b.length-1),V=b[A],nt=d.rect(S,E),C=u.rect(V.row,V.col),R=j=>nt[j]+(C[j]-nt[j])*w,H={
x:R("x"),y:R("y")-24*Math.sin(Math.PI*w),width:R("width"),height:R("height")};if(g.x=Math.min(g.x,H.x),g.y=Math.min(g.y,
H.y),g.right=Math.max(g.right,H.x+H.width),g.bottom=Math.max(g.bottom,H.y+H.height),n<O){let j=w<.5?d:u,As=a.symbols&&a.
factors.length?gt(a,i,x):void 0;j.drawCell(e,o,H,{value:$(a,l,i,x),text:As,alpha:.92})}else{let j=v.get(V.cell);pt(e,t,s,
{view:u,rect:C,share:n,target:V,add:j,replaces:c.mode==="set"})}}),e.save(),e.strokeStyle=o.stamp,e.lineWidth=3,I(e,g.x-
1,g.y-1,g.right-g.x+2,g.bottom-g.y+2,5),e.stroke(),e.restore()}function ee({context:e,player:t,panel:s,theme:o},i,n,r,a){
let{scene:h,views:l}=s,c=h.channel[a.find(({at:y})=>y==="same").channel],d=l[c.grid],u=l[r.grid],f=D((n-Et)/(ms-Et)),p=n<
Et&&t.isLegible;T(h,i,c,(y,w,g,b)=>{let v=et(h,i,w,a),M=d.rect(g,b),x=u.rect(g,b),S={...M,x:M.x+(x.x-M.x)*f,y:M.y+(x.y-M.
y)*f},E=p?v.map(({value:A})=>k(A,3)).join("\xB7"):void 0;d.drawCell(e,o,S,{value:lt(v),text:E,alpha:f>0?.85:1})}),f===0&&
L(e,d,N(h,i,c),o.stamp,{width:2})}var oe=9;function $t({context:e,player:t,panel:s,theme:o},i,n){if(!i)return;Ot({context:e,player:t,panel:s,theme:o},i.terms,
{outlined:i===t.hover?.focus,fading:!0});let r=s.results[i.at]??s.result,a=i.y+(r.grid.frame?.row??0),h=i.x+(r.grid.frame?.
col??0);if(!_(r.grid,{row:a,col:h,rows:1,cols:1})||(L(e,r,{row:a,col:h,rows:1,cols:1},n,{width:2,pad:-1}),i!==t.pin))return;
let{x:l,y:c,width:d,height:u}=r.rect(a,h),f=Math.min(d,u);e.beginPath(),e.fillStyle=n,e.arc(l+d-Math.min(7,f/4),c+Math.min(
7,f/4),Math.min(3,f/8),0,2*Math.PI),e.fill()}function Ot({context:e,player:t,panel:s,theme:o},i,{outlined:n=!1,fading:r=!1}){
for(let a of i){let h=!r||a.step<t.position;e.save(),e.globalAlpha=h?1:.4;let l={width:1.5,dash:h?[]:[3,3]};for(let{grid:c,
row:d,col:u}of a.cells(s.scene)){let f=s.views[c],p=Math.min(f.width,f.height),y=p>=10?-2:p>=5?-.75:.5;L(e,f,{row:d,col:u,
rows:1,cols:1},o[f.grid.role],{...l,pad:y})}e.restore()}n&&s.scene.outlines&&i.length<=oe&&ie(e,s,o,i)}function ie(e,t,s,o){
let{corners:i,spacing:n,tap:r}=t.scene.links,a=t.result.grid.frame;for(let{source:h}of o){let l={row:i[2*h]+a.row,col:i[2*
h+1]+a.col,rows:n[0]*(r.rows-1)+1,cols:n[1]*(r.cols-1)+1};L(e,t.result,l,s.stamp,{width:2,pad:-1})}}function gs({context:e,
player:t,panel:s,theme:o}){let{hover:i}=t;if(!i)return;let n={row:i.row,col:i.col,rows:1,cols:1};if(i.panel===s&&L(e,i.view,
n,o[i.view.grid.role],{width:1.5,pad:0}),i.source!==void 0)for(let r of s.views){let{grid:a}=r,h=a.family==="source"?a.place(
i.source):void 0,l=h===void 0?null:{row:Math.floor(h/a.cols),col:h%a.cols,rows:1,cols:1},c=a.family==="entry"?{row:0,col:i.
source,rows:a.rows,cols:1}:l;c&&L(e,r,c,o.input,{width:1.5,pad:0})}}function ws(e,t,s){let{message:o,theme:i}=t,n=Math.floor(s),r=s-n,a=r>0?n:n-1,h=a>=0&&o.links?.clock==="target"?t.walkedTerms(
a):null;for(let l of t.panels){let c={context:e,player:t,panel:l,theme:i};for(let d of l.views)d.grid.frame&&L(e,d,d.grid.
frame,i[d.grid.role],{width:2,dash:[6,4]});ns(e,t,l),h&&Ot(c,h,{outlined:!0}),$t(c,t.pin,i.ink),a>=0&&(re(c,a,r),r>0&&ae(
c,a,r),l.scene.flights.length&&r>0?l.scene.flights.forEach(d=>ps(c,a,r,d)):r===0&&le(c,a)),$t(c,t.hover?.focus,i.output),
gs(c)}}function wt(e,t,s){return e[t.hue||s.grid.role]}function re({context:e,panel:t,theme:s},o,i){let{scene:n,views:r,
replay:a}=t;for(let h of n.channels){if(h.mode!=="read"||h.quiet)continue;let l=r[h.grid],c=N(n,o,h);if(!_(l.grid,c))continue;
let d=i>0&&i<O?Math.sin(Math.PI*i/O):0;if(d>0&&h.patch===1&&Math.min(l.width,l.height)>=10){let{x:u,y:f,width:p,height:y}=l.
rect(c.row,c.col),w=c.row*l.grid.cols+c.col,g=Math.min(p,y)*.16*d;e.save(),e.shadowColor=s.soft,e.shadowBlur=10*d;let b={
x:u-g/2,y:f-g/2,width:p+g,height:y+g};l.drawCell(e,s,b,{value:a.values[h.grid][w],text:l.label?.(w)}),e.restore(),L(e,l,
c,wt(s,h,l),{width:3,pad:1+g/2})}else L(e,l,c,wt(s,h,l),{width:h.patch>1?2:3})}}function ne(e,t){return e.flights.some(({
from:s,to:o})=>t.name===s||t.name===o)}function ae({context:e,player:t,panel:s,theme:o},i,n){let{scene:r,views:a}=s;for(let h of r.
channels){if(h.mode==="read"||ne(r,h))continue;let l=q(r).includes(h.grid),c=r.flight?0:rt/2;if(n<(l?O:c))continue;let d=a[h.
grid];T(r,i,h,(u,f,p,y)=>{let w={view:d,rect:d.rect(p,y),share:n,target:{cell:u,row:p,col:y},add:$(r,h,i,f)};l?pt(e,t,s,
{...w,replaces:h.mode==="set"}):d.drawCell(e,o,w.rect,{value:Number.isNaN(w.add)?null:w.add,text:d.label?.(u)??void 0})}),
!r.flight&&L(e,d,N(r,i,h),wt(o,h,d),{width:l?2.5:3})}}function le({context:e,player:t,panel:s,theme:o},i){let{scene:n,views:r}=s;
for(let a of n.channels){let h=n.flights.some(({to:d})=>a.name===d)||n.layout.board&&q(n).includes(a.grid);if(a.mode==="\
read"||n.flights.length&&!h)continue;let l=r[a.grid],c=n.flight&&!a.hue&&(a.patch>1||!n.links)?o.stamp:wt(o,a,l);L(e,l,N(
n,i,a),c,{width:a.patch>1&&!n.flight?2:3})}n.flight&&t.layout==="wide"&&!n.layout.board&&he(e,s,o,i)}function he(e,{scene:t,
views:s},o,i){let n=t.channel[t.flight.from],r=t.channel[t.flight.to],a=s[n.grid],h=s[r.grid],l=N(t,i,r),{row:c,col:d,rows:u,
cols:f}=N(t,i,n),p=a.rect(c+u,d),y=h.rect(l.row,l.col),w=p.x+f*a.width/2,g=p.y+8,b=h.x-10,v=Math.max(y.y+l.rows*h.height/
2,g+24);e.save(),e.strokeStyle=o.stamp,e.lineWidth=2,e.setLineDash([3,4]),e.beginPath(),e.moveTo(w,g),e.bezierCurveTo(w,
v,w+20,v,b,v),e.stroke(),e.setLineDash([]),e.beginPath(),e.moveTo(b-8,v-5),e.lineTo(b,v),e.lineTo(b-8,v+5),e.stroke(),e.
restore()}var ce=10.5,yt=class{constructor(t,s,o){this.grid=t,this.figure=s,this.canvas=o,this.context=o.getContext("2d"),this.texts=
new Map,this.x=0,this.y=0,this.label=void 0,this.reach=void 0}get drawnRows(){return this.grid.column?this.grid.rows*this.
grid.cols:this.grid.rows}get drawnCols(){return this.grid.column?1:this.grid.cols}resize({width:t,height:s},o){this.width=
t,this.height=s;let i=Math.min(t,s);this.gap=i>=14?2:i>=7?1:i>=6?.5:0,this.fontSize=i>=40?Math.max(14,Math.round(.33*i)):
Math.max(8,Math.min(14,Math.round(t*.42),Math.round(s*.62))),this.texts.clear();let n=this.drawnCols*t,r=this.drawnRows*
s;this.canvas.style.width=`${n}px`,this.canvas.style.height=`${r}px`,this.canvas.width=Math.round(n*o),this.canvas.height=
Math.round(r*o),this.context.setTransform(o,0,0,o,0,0),this.hatch=null}spot(t,s){let{column:o,cols:i}=this.grid,[n,r]=o?
[t*i+s,0]:[t,s];return{x:r*this.width,y:n*this.height,width:this.width,height:this.height}}rect(t,s){let o=this.spot(t,s);
return{...o,x:this.x+o.x,y:this.y+o.y}}cellAt(t,s){let o=Math.floor(s/this.height),i=Math.floor(t/this.width);if(o<0||i<
0||o>=this.drawnRows||i>=this.drawnCols)return null;let{column:n,cols:r}=this.grid;return n?{row:Math.floor(o/r),col:o%r}:
{row:o,col:i}}isCropped(t,s){let o=this.grid.frame;return o?!(t>=o.row&&t<o.row+o.rows&&s>=o.col&&s<o.col+o.cols):!1}isTinted(t,s){
let{frame:o,tint:i}=this.grid;if(!i||this.isCropped(t,s))return!1;let n=o.row+o.rows-i.rows;return t>=n||s>=o.col+o.cols-
i.cols}drawAll(t,s){let{rows:o,cols:i,values:n}=this.grid;this.context.clearRect(0,0,this.drawnCols*this.width,this.drawnRows*
this.height),this.most=n?n.reduce((r,a)=>Math.max(r,Math.abs(a)||0),0)||1:t.limit,this.isImage&&(this.context.fillStyle=
t.panel,this.context.fillRect(0,0,this.drawnCols*this.width,this.drawnRows*this.height));for(let r=0;r<o;r+=1)for(let a=0;a<
i;a+=1)this.drawAt(t,s,r,a)}get isImage(){return Math.min(this.width,this.height)<3}drawSpeck(t,s,o,i){let{index:n,cols:r,
ids:a}=this.grid,h=o*r+i;if(a&&a[h]<=0||!s.reached[n][h])return;let l=s.values[n][h],{x:c,y:d,width:u,height:f}=this.spot(
o,i),p=Math.max(.4,Math.abs(l)/this.most)*(l<0?-1:1);this.context.fillStyle=l===0?t.line:t.fill(t.limit*p).back,this.context.
fillRect(c,d,Math.max(1.5,u),Math.max(1.5,f))}drawAt(t,s,o,i,{pen:n=this.context,dim:r=!1}={}){if(this.isImage){this.drawSpeck(
t,s,o,i);return}let a=o*this.grid.cols+i,h=this.spot(o,i);n.clearRect(h.x,h.y,h.width,h.height);let l=s.reached[this.grid.
index][a]===1;if(!l&&this.grid.values&&!this.grid.frame&&!this.grid.ids)return;let c=this.grid.ids?this.grid.ids[a]:1;this.
drawCell(n,t,h,{dim:r,terms:l?s.terms[this.grid.index]?.[a]:void 0,value:l?s.values[this.grid.index][a]:null,text:l?this.
label?.(a)??void 0:void 0,hole:this.reach!==void 0&&this.reach[a]===0,cropped:this.isCropped(o,i)||c<0,tinted:this.isTinted(
o,i),faint:c<=0})}drawCell(t,s,o,{value:i,text:n,terms:r,hole:a,cropped:h,tinted:l,faint:c,dim:d,alpha:u=1}){let f=d?s.dimmed(
i,h,l):s.shade(i,h,l),p=o.width-this.gap,y=o.height-this.gap,w=o.x+this.gap/2,g=o.y+this.gap/2;t.save(),t.globalAlpha=u,
t.fillStyle=c?s.panel:f.back,I(t,w,g,p,y,Math.min(this.width,this.height)>=20?3:1),t.fill(),h&&(this.hatch??=rs(t,s),t.fillStyle=
this.hatch,t.fill()),a?is(t,s,o):i!==null&&!this.drawTerms(t,s,o,{value:i,text:n,terms:r,shade:f})&&this.drawText(t,s,o,
n??i,c?s.soft:f.text),t.restore()}drawText(t,s,o,i,n){if(Math.min(o.width,o.height+4)<17)return;let r=typeof i=="number"?
this.fitNumber(t,s,i):this.fitText(t,s,i);if(!r)return;let{lines:a,size:h}=r;t.font=`${h}px ${s.font}`,t.fillStyle=n,t.textAlign=
"center",t.textBaseline="middle";let l=o.y+o.height/2+.5;a.forEach((c,d)=>{t.fillText(c,o.x+o.width/2,l+(d-(a.length-1)/
2)*(h+1))})}drawTerms(t,s,o,{value:i,text:n,terms:r,shade:a}){if(n!==void 0||!r||r.length<2||Math.min(this.width,this.height)<
50)return!1;let h=Math.max(ce,.205*this.width),l=r.map((c,d)=>(d===0?"":c<0?" \u2212 ":" + ")+k(d?Math.abs(c):c,3)).join(
"");return t.font=`${h}px ${s.font}`,t.measureText(l).width>this.width-this.gap-4?!1:(t.textAlign="center",t.textBaseline=
"middle",t.fillStyle=a.text,t.fillText(l,o.x+o.width/2,o.y+.76*o.height),t.font=`${.33*this.width}px ${s.font}`,t.fillText(
k(i,4),o.x+o.width/2,o.y+.42*o.height),!0)}fitNumber(t,s,o){let i=k(o,4);if(!this.texts.has(i)){let n=Math.max(8,this.fontSize-
2),r=[[4,n],[3,n],[2,8]].map(([a,h])=>this.fitText(t,s,k(o,a),h)).find(Boolean);this.texts.set(i,r??null)}return this.texts.
get(i)}fitText(t,s,o,i=8){let n=Array.isArray(o)?o:[o];for(let r of n){let a=r.split(`
`);for(let h=this.fontSize;h>=i;h-=1){t.font=`${h}px ${s.font}`;let l=Math.max(...a.map(d=>t.measureText(d).width)),c=a.
length>1&&a.length*(h+2)>this.height-this.gap-2;if(l<=this.width-this.gap-(/[a-z]/.test(r)?6:3)&&!c)return{lines:a,size:h}}}
return null}};var bt=class{constructor(t){this.scene=t,this.rewind()}rewind(){this.position=0,this.values=this.scene.grids.map(t=>t.values?
Float64Array.from(t.values,s=>s||0):new Float64Array(t.rows*t.cols)),this.reached=this.scene.grids.map(t=>t.values?Uint8Array.
from(t.values,s=>Number.isNaN(s)?0:1):new Uint8Array(t.rows*t.cols)),this.terms=this.scene.grids.map(()=>[])}seek(t){for(t<
this.position&&this.rewind();this.position<t;)this.apply(this.position)}apply(t){for(let s of this.scene.channels){if(s.
mode==="read")continue;let o=this.values[s.grid],i=this.reached[s.grid],n=this.terms[s.grid];T(this.scene,t,s,(r,a)=>{let h=$(
this.scene,s,t,a);o[r]=s.mode==="add"?o[r]+h:h,s.mode==="add"&&(n[r]??=[]).push(h),i[r]=Number.isNaN(h)?0:1})}this.position=
t+1}};function ys(e,t){let s=e.grids[t],o=new Uint16Array(s.rows*s.cols);for(let i of e.channels)if(!(i.mode==="read"||i.
grid!==t))for(let n=0;n<e.steps;n+=1)T(e,n,i,r=>{o[r]+=1});return o}function bs(e){let{pin:t,message:s,position:o}=e;if(!t)return[m("p",{class:"hint"},s.scenes[0].hint)];let{grid:i}=e.panels[0].
results[t.at]??e.result,n=J(s.scenes[0],i,t.y+(i.frame?.row??0),t.x+(i.frame?.col??0)),r=m("p",{},m("b",{},`Pinned ${n}`));
if(t.terms.length===0)return[r,m("p",{},`${n} = 0: no stamp reaches this cell.`)];let a=m("small",{}),h=m("span",{},"= "),
l=m("span",{},"= "),c=0,d=0;t.terms.forEach(({step:g,value:b,factors:v},M)=>{let x=g>=o;x||(c+=b),d+=b,a.append(M?" + ":
`${n} = `,...Ct(v,A=>A.name));let S=x?{class:"later"}:{},E=A=>A.value<0?`(${k(A.value)})`:k(A.value);h.append(M?" + ":"",
m("span",S,...Ct(v,E))),l.append(M?" + ":"",m("span",S,...Ct(v,A=>A.letter??"")))}),h.append(" = ",m("b",{class:"total"},
k(d)));let f=t.terms.every(({step:g})=>g<o)?"":`${k(c)} so far: the faded terms have not landed yet.`,p=s.symbols?[m("p",
{class:"sum letters"},l)]:[],y=s.symbols?m("small",{},f):m("p",{},a),w=s.symbols?[]:[m("small",{},f)];return[r,...p,m("p",
{class:"sum"},h),y,...w]}function Ct(e,t){return e.flatMap((s,o)=>[o?"\xB7":"",m("span",{class:`term-${s.role}`},t(s))])}
function vs(e,t,s,o,i){let{scene:n}=t,{grid:r}=s;if(r.family==="product"){let d=t.replay.position-1;return d<0||!n.flight?
null:gt(n,d,o)}if(r.family!=="target")return ot(n,r,o);let a=Math.floor(o/r.cols)-(r.frame?.row??0),h=o%r.cols-(r.frame?.
col??0),l=Y(e.message,a,h).filter(({step:d})=>d<i);if(l.length===0)return null;let c=l.map(({factors:d})=>d.map(({letter:u})=>u).
join("\xB7"));return[c.join(" + "),c.join(`
+`),`\u03A3${c.length}`]}function Ms(e){let t=mt(e);if(!t)return[];let s=e.length===1?"One cell already held a number":`${ue(
e.length)} cells already held numbers`,o=(n,r)=>m("b",{class:`term-${n}`},k(r)),i=t.add<0?" \u2212 ":" + ";return[` ${s}\
, so the two add: `,o("output",t.old),i,o("stamp",Math.abs(t.add))," = ",m("b",{},k(t.total)),"."]}var de="No One Two Th\
ree Four Five Six Seven Eight Nine Ten Eleven Twelve".split(" "),ue=e=>de[e]??String(e);function xs(e,t){let s=n=>t<0?n.
opening:it(n,t,n.captions[n.captionIndex[t]]),o=m("b",{},t<0?"Ready. ":`Step ${t+1} of ${e.steps}. `);if(e.scenes.length===
1)return[o,s(e.scenes[0])];if(t<0)return[o,"Press play: each reading fills its output in its own way, and all hold the s\
ame numbers at every step."];let i=e.scenes.map((n,r)=>m("span",r?{class:"line"}:{},m("b",{},`${n.title}: `),s(n)));return[
o,...i]}var Nt=class{constructor(t,s){this.player=t,this.views=[];let o=s.grids.map(l=>this.buildGrid(l)),{board:i}=s.layout;this.
factors=m("div",{class:i?"factors board":"factors"}),i&&(this.factors.style.gridTemplateColumns=`repeat(${i.rows[0].length}\
, auto)`);for(let l of i?i.rows.flat():s.layout.factors)this.factors.append(typeof l=="number"?o[l]:m("span",{class:"ope\
rator","aria-hidden":"true"},l));this.result=this.views[s.layout.result],this.results=q(s).map(l=>this.views[l]),this.legend=
m("ul",{class:"legend"});let n=i?m("div",{class:"results"},...this.results.map(({figure:l})=>l)):this.result.figure;n.classList.
add("result"),n.append(this.legend),this.output=n,this.left=m("div",{class:"left"},this.factors);let r=m("p",{class:"rea\
ding"},m("b",{},s.title)," ",m("span",{},s.lead)),a=m("span",{class:"operator arrow","aria-hidden":"true"},s.arrow),h=m(
"div",{class:"body"},this.left,a,n);this.root=m("section",{class:["panel",s.name,P(s)&&"table",G(s)&&"tower",i&&"boarded"].
filter(Boolean).join(" "),"aria-label":s.title},r,h),this.take(s)}take(t){this.scene=t,this.replay=new bt(t);let s=t.symbols&&
t.links;for(let i of this.views)i.grid=t.grids[i.grid.index],i.label=s?(n,r=Math.floor(this.player.position))=>vs(this.player,
this,i,n,r):void 0;this.turning=this.views.find(i=>i.grid.turns);for(let i of this.results)i.reach=ys(t,i.grid.index);t.
links?.clock==="target"&&(this.result.reach=fe(t,this.result.grid));let o=t.legend.map(({mark:i,text:n})=>m("li",{},m("s\
pan",{class:`swatch ${i}`}),n));this.legend.replaceChildren(...o)}buildGrid(t){let s=m("canvas",{role:"img"}),o=m("figur\
e",{class:`grid ${t.role}`},m("figcaption",{},m("b"),m("span")),s),i=new yt(t,o,s);this.views[t.index]=i,t.turns&&o.append(
this.buildFlip());let{player:n}=this,r=a=>{let h=s.getBoundingClientRect(),l=i.cellAt(a.clientX-h.left,a.clientY-h.top);
return l&&{panel:this,view:i,...l}};return s.addEventListener("pointermove",a=>n.setHover(r(a))),s.addEventListener("poi\
nterleave",()=>n.setHover(null)),t.action&&(o.classList.add("live"),s.tabIndex=0,s.addEventListener("blur",()=>n.setHover(
null)),s.addEventListener("click",a=>n.choose(r(a))),s.addEventListener("keydown",a=>n.moveInGrid(a,this,i))),o}buildFlip(){
let t=m("button",{type:"button",class:"flip",title:"Watch the kernel turn by 180\xB0"},tt("loop"),"turn again");return t.
addEventListener("click",()=>this.player.turning.replay()),t}describe(t,s){for(let o of this.views){let{grid:i}=o,[n,r]=o.
figure.querySelectorAll("figcaption > *"),a=i.turns?!s:t<0;n.textContent=a?i.idle??i.title:it(this.scene,Math.max(t,0),i.
title),r.textContent=a&&i.idle?"":it(this.scene,Math.max(t,0),i.subtitle),o.canvas.setAttribute("aria-label",`${n.textContent}\
, ${i.rows} \xD7 ${i.cols}. ${i.hint??""}`.trim())}}draw(t,s){let o=s===this.drawn+1;if(this.replay.seek(s),this.drawn=s,
!o){for(let i of this.views)(i.fresh!==t||this.isWritten(i))&&i.drawAll(t,this.replay),i.fresh=t;return}for(let i of this.
scene.channels){if(i.mode==="read")continue;let n=this.views[i.grid];T(this.scene,s-1,i,(r,a,h,l)=>n.drawAt(t,this.replay,
h,l))}}isWritten(t){return this.scene.channels.some(s=>s.mode!=="read"&&s.grid===t.grid.index)}};function fe(e,t){let s=new Uint16Array(
t.rows*t.cols),{corners:o,spacing:i,source:n,tap:r}=e.links;return n.values.forEach((a,h)=>{let l={fixed:!0,corners:[o[2*
h],o[2*h+1]],rowStep:i[0],colStep:i[1]},c=t.frame?[t.frame.row,t.frame.col]:[0,0];l.corners=[l.corners[0]+c[0],l.corners[1]+
c[1]],T(e,0,{...l,grid:t.index,rows:r.rows,cols:r.cols},d=>s[d]+=1)}),s}function ks(e){let t=e.grids.find(r=>r.turns);if(!t)
return e;let s={...t,index:e.grids.length,values:t.values.slice().reverse(),ids:t.ids.slice().reverse(),place:r=>r,title:t.
idle,subtitle:"w",idle:null,turns:!1},o=e.layout.factors.flatMap(r=>r===t.index?[s.index,"\u21BB",r]:[r]),i={...t,idle:null,
turns:!1},n=[...e.grids.map(r=>r===t?i:r),s];return{...e,grids:n,layout:{...e.layout,factors:o}}}function Ss(e){let{scenes:t}=e.
message,s=t.map(r=>[r.name,r.title,r.lead,r.layout,r.grids.map(({role:a,action:h,column:l,turns:c})=>[a,h,l,c])]),o=JSON.
stringify(s);if(o===e.plan){e.panels.forEach((r,a)=>r.take(t[a]));return}e.plan=o,e.resizing.disconnect(),e.panels=t.map(
r=>new Nt(e,r)),e.pinBox=m("div",{class:"pin",role:"status"}),e.overlay=m("canvas",{class:"overlay","aria-hidden":"true"}),
e.pen=e.overlay.getContext("2d");let i=m("div",{class:"panels"},...e.panels.map(({root:r})=>r));e.stage=m("div",{class:"\
stage"},i,e.overlay);let n=t.length===1&&!P(t[0]);n?e.panels[0].left.append(e.pinBox):i.after(e.pinBox),e.root.classList.
toggle("single",t.length===1),e.root.classList.toggle("tabled",t.length===1&&!n),e.caption=m("p",{class:"caption","aria-\
live":"polite"}),e.root.replaceChildren(e.stage,e.caption,e.transport.root,e.floating.seat),e.floating.watch(),e.opening.
loop&&Xt(e),e.resizing.observe(e.root)}var Mt=class{constructor(t,s){let o=getComputedStyle(t),i=n=>o.getPropertyValue(`--${n}`).trim();this.page=i("page"),this.
panel=i("panel"),this.ink=i("ink"),this.soft=i("soft"),this.line=i("line"),this.input=i("input"),this.kernel=i("kernel"),
this.stamp=i("stamp"),this.output=i("output"),this.positive=i("positive"),this.negative=i("negative"),this.black=i("blac\
k"),this.white=i("white"),this.font=o.fontFamily,this.limit=s,this.blank=vt(this.panel,this.line,.35),this.fills=new Map}fill(t){
let s=Math.min(1,Math.abs(t)/this.limit)**.6,o=Math.round(s*48)*(t<0?-1:1);if(!this.fills.has(o)){let i=t<0?this.negative:
this.positive,n=vt(this.page,i,.85*Math.abs(o)/48);this.fills.set(o,{back:n,text:this.readable(n)})}return this.fills.get(
o)}shade(t,s,o){let i=t===null?{back:this.blank,text:this.soft}:this.fill(t);if(!s&&!o)return i;let n=`${i.back}${s}`;if(!this.
fills.has(n)){let[r,a]=s?[this.page,.5]:[this.output,.22],h=vt(i.back,r,a),l=s&&Z(this.soft,h)>=4.5;this.fills.set(n,{back:h,
text:l?this.soft:this.readable(h)})}return this.fills.get(n)}dimmed(t,s,o){let{back:i}=this.shade(t,s,o),n=`dim ${i}`;if(!this.
fills.has(n)){let r=vt(i,this.page,.5),a=Z(this.soft,r)>=4.5?this.soft:this.readable(r);this.fills.set(n,{back:r,text:a})}
return this.fills.get(n)}readable(t){let s=(i,n)=>Z(i,t)>=Z(n,t)?i:n,o=s(this.ink,this.page);return Z(o,t)>=4.5?o:s(this.
black,this.white)}};function Ts(e){let t=getComputedStyle(e).getPropertyValue("--st-background-color").trim();return/^#[0-9a-f]{6}$/i.test(t)&&
Z(t,"#ffffff")>4.5?"dark":"light"}function Rt(e){return[1,3,5].map(t=>Number.parseInt(e.slice(t,t+2),16))}function vt(e,t,s){
let o=Rt(t);return`#${Rt(e).map((n,r)=>Math.round(n+(o[r]-n)*s)).map(n=>n.toString(16).padStart(2,"0")).join("")}`}function Z(e,t){
let s=[e,t].map(o=>{let[i,n,r]=Rt(o).map(a=>{let h=a/255;return h<=.04045?h/12.92:((h+.055)/1.055)**2.4});return .2126*i+
.7152*n+.0722*r});return(Math.max(...s)+.05)/(Math.min(...s)+.05)}var me=[.5,1,2,4,8],pe="input, textarea, select, button, a, summary, canvas, [contenteditable=true]",xt=class{constructor(t){
this.player=t;let s=(d,u,f)=>{let p=m("button",{type:"button","aria-label":u,title:u,class:d},tt(d));return p.addEventListener(
"click",f),p};this.buttons={first:s("first","First step (Home)",()=>t.goTo(0)),back:s("back","Step back (\u2190)",()=>t.
stepBy(-1)),play:s("play","Play (space)",()=>t.toggle()),next:s("next","Step forward (\u2192)",()=>t.stepBy(1)),last:s("\
last","Last step (End)",()=>t.goTo(t.steps)),loop:s("loop","Loop",()=>this.setLoop(!t.loop))},this.scrub=m("input",{type:"\
range",min:"0",step:"1","aria-label":"Step"}),this.scrub.addEventListener("input",()=>t.goTo(Number(this.scrub.value)));
let o=me.map(d=>m("option",{value:String(d)},`${k(d)}\xD7`)),i=m("select",{"aria-label":"Speed",title:"Speed"},...o);i.value=
"1",i.addEventListener("change",()=>{t.speed=Number(i.value)});let{first:n,back:r,play:a,next:h,last:l,loop:c}=this.buttons;
this.root=m("div",{class:"transport",role:"toolbar","aria-label":"Transport"}),this.root.append(n,r,a,h,l,this.scrub,i,c),
this.setLoop(!1)}setLoop(t){this.player.loop=t,this.buttons.loop.setAttribute("aria-pressed",String(t))}describe(){let{buttons:t,
scrub:s}=this,{position:o,steps:i,playing:n}=this.player,r=Math.floor(o);s.max=String(i),s.value=String(r),s.style.setProperty(
"--at",String(r/i)),s.setAttribute("aria-valuetext",`step ${r} of ${i}`),t.first.disabled=t.back.disabled=o<=0,t.next.disabled=
t.last.disabled=o>=i,t.play.replaceChildren(tt(n?"pause":"play"));let a=n?"Pause (space)":"Play (space)";t.play.setAttribute(
"aria-label",a),t.play.title=a}handleKey(t){let{player:s}=this;if(s.opening.loop)return;let o=t.composedPath().includes(
s.root),i=t.composedPath()[0],n=t.defaultPrevented&&!t.forPlayers;if(t.ctrlKey||t.metaKey||t.altKey||n||!o&&i.closest?.(
pe)||o&&(i.tagName==="INPUT"||i.tagName==="SELECT"))return;let a={" ":()=>s.toggle(),ArrowLeft:()=>s.stepBy(-1),ArrowRight:()=>s.
stepBy(1),Home:()=>s.goTo(0),End:()=>s.goTo(s.steps)}[t.key];!a||t.key===" "&&i.tagName==="BUTTON"||(t.preventDefault(),
t.forPlayers=!0,a())}};var ge=206,we=260,kt=class extends ct{constructor(t){super(),this.panels=[],this.overlay=void 0,this.pen=void 0,this.caption=
void 0,this.pinBox=void 0,this.root=m("div",{class:"player",role:"group","aria-label":"Animation player"}),t.append(this.
root),this.transport=new xt(this),this.turning=new ut(this),this.cells=new ht(this),this.following=new at(this),this.floating=
new dt(this.root),this.resizing=new ResizeObserver(()=>this.arrange()),this.onKey=s=>this.transport.handleKey(s),document.
addEventListener("keydown",this.onKey)}destroy(){cancelAnimationFrame(this.frame),cancelAnimationFrame(this.turning.frame),
clearTimeout(this.reporting),this.following.destroy(),this.floating.destroy(),this.morph?.stop(),this.resizing.disconnect(),
document.removeEventListener("keydown",this.onKey),this.root.remove()}get result(){return this.panels[0].result}get pin(){
return this.cells.pin}get hover(){return this.cells.hover}take(t,s,o){this.report=o,this.opening=s,this.following.take(s)&&
(this.show(t,s.shown??""),s.loop&&this.untouched&&!this.reduced.matches&&this.play())}show(t,s){this.root.dataset.shown=
s,this.root.classList.remove("refused");let o=!this.bytes||!Ft(this.bytes,t),i=o&&this.bytes&&!this.reduced.matches?new ft(
this):null;o&&this.load(t),this.limit=this.following.leads?this.limit??this.message.limit:this.message.limit,this.arrange(),
!(!i||this.following.hurries)&&(this.morph?.stop(),this.morph=i,i.play())}refuse(){this.root.classList.add("refused")}load(t){
let s=this.message;this.bytes=t,this.message=Bt(t),this.reduced.matches&&(this.message.scenes=this.message.scenes.map(ks)),
this.position=s?Wt(s,this.message,this.position):this.openingStep(),this.playing&&(this.position=this.clock=Math.floor(this.
position)),Ss(this),this.cells.load(!s),this.turning.settle(),this.describe()}openingStep(){let{start:t}=this.opening;return this.
untouched=t==null,this.untouched?Math.ceil(this.steps/2):Math.min(t,this.steps)}applyTheme(){this.root.dataset.theme=Ts(
this.root),this.theme=new Mt(this.root,this.limit)}arrange(){let t=this.root.clientWidth;if(!t||!this.message)return;this.
applyTheme();let s=window.devicePixelRatio||1,o=Zt(this.message,this.opening.loop,t,s,this.roomDown());this.layout=o.layout;
for(let i of["wide","stacked","over","narrow","beside"])this.root.classList.toggle(i,o.layout===i);this.panels[0].output.
style.setProperty("--across",o.across??1),this.panels.forEach((i,n)=>ss(i,o.layout,o.sizes[n],o.widths[n],s)),o.layout===
"beside"&&es(this.panels),os(this,s),this.redraw()}roomDown(){let s=this.root.getRootNode().host?.closest?.("[data-testi\
d=stMain]")?.scrollTop??0,o=this.root.getBoundingClientRect().top+s;return Math.max(we,innerHeight-o-ge)}redraw(){this.drawn=
Math.floor(this.position);for(let t of this.panels)t.drawn=void 0,t.draw(this.theme,this.drawn);this.draw()}draw(){let t=Math.
floor(this.position);if(t!==this.drawn){for(let o of this.panels)o.draw(this.theme,t);this.drawn=t,this.describe()}else(this.
described!==this.shownStep()||this.said!==this.hasLanded)&&this.describe();let{phase:s}=this;this.root.dataset.phase!==s&&
(this.root.dataset.phase=s),this.pen.clearRect(-F,-F,this.overlay.width,this.overlay.height),ws(this.pen,this,this.position)}shownStep(){
let t=Math.floor(this.position);return this.position>t?t:t-1}get hasLanded(){return this.position%1===0||this.position%1>=
O}get sums(){let[t]=this.panels,s=t.scene.channel[t.scene.flights[0]?.to],o=this.shownStep();return this.panels.length===
1&&!this.message.symbols&&s&&o>=0&&this.hasLanded?ds(t,o,s):[]}walkedTerms(t){if(this.walked?.step!==t||this.walked.message!==
this.message){let[,s]=this.message.links.target,o=Y(this.message,Math.floor(t/s),t%s);this.walked={step:t,message:this.message,
terms:o}}return this.walked.terms}describe(){let t=this.shownStep();this.described=t,this.said=this.hasLanded;let{sums:s}=this;
this.quotedCell=mt(s)?.cell;for(let o of this.panels)o.describe(t,!this.turning.due);this.caption.setAttribute("aria-liv\
e",this.playing?"off":"polite"),this.caption.replaceChildren(...xs(this.message,t),...Ms(s)),this.pinBox.replaceChildren(
...bs(this)),this.transport.describe(),this.root.dataset.step=String(Math.floor(this.position)),this.root.dataset.playing=
String(this.playing),this.root.dataset.turn=this.turning.state}setHover(t){this.cells.setHover(t)}choose(t){this.cells.choose(
t)}moveInGrid(t,s,o){this.cells.move(t,s,o)}};var K=new WeakMap;function ai({data:e,parentElement:t,setStateValue:s}){try{K.has(t)||K.set(t,new kt(t));let{opening:o,scenes:i}=It(
e);K.get(t).take(i,o,n=>s("view",n))}catch(o){K.get(t)?.destroy(),K.delete(t);let i=`The player could not read its data \
(${o.message}). Reload the page to try again.`;t.querySelector(".failure")?.remove();let n=m("p",{class:"player failure",
role:"alert","data-theme":"light"},i);t.append(n)}return()=>{K.get(t)?.destroy(),K.delete(t)}}export{ai as default};
