var P=["size","kernel","stride","padding","output_padding","dilation"],J=new Set([...P,...P.map(n=>`${n}_cols`),..."link\
ed input weights x w seed crop output_padding_written".split(" ")]);function X(n){return String(new URLSearchParams(Object.
entries(n).sort(([t],[i])=>t<i?-1:1)))}function K(n,t){let i=[...new URLSearchParams(n)].filter(([s])=>!J.has(s));return String(
new URLSearchParams([...i,...new URLSearchParams(t)]))}var b=!0,S=class{constructor(t){this.figure=t,this.live="",this.wanted=
null,this.asked=null,this.busy=!1,this.gone=!1,this.frame=Promise.resolve(),this.onAsk=i=>this.want(X(i.detail.words)),document.
addEventListener("layer:ask",this.onAsk)}destroy(){this.gone=!0,document.removeEventListener("layer:ask",this.onAsk)}get leads(){
return this.wanted!==null}get hurries(){return this.leads&&this.wanted!==this.asked}take({live:t="",asked:i=""}){return this.
live=t,this.wanted!==null&&this.wanted!==i&&b?!1:(this.wanted=null,!0)}want(t){!this.live||!b||(this.wanted=t,this.busy||
this.pursue())}async pursue(){for(this.busy=!0,this.asked=null;this.wanted!==null&&this.wanted!==this.asked&&!this.gone;){
this.asked=this.wanted;let t=await this.ask(this.asked);if(await this.frame,this.gone)break;this.deliver(t,this.asked),this.
frame=new Promise(i=>requestAnimationFrame(()=>setTimeout(i,0)))}this.busy=!1}deliver(t,i){t instanceof Uint8Array?this.
figure.show(t,i):t?.refusal&&this.figure.refuse(t.refusal),B({waiting:t===null&&b,refusal:!(t instanceof Uint8Array)&&t?.
refusal||""})}async ask(t){let i=setTimeout(()=>B({waiting:!0,refusal:""}),400);try{let s=await fetch(new URL(`${this.live}\
?${K(location.search,t)}`,location.href)),e=s.headers.get("content-type")??"";if(s.ok&&e.startsWith("application/octet-s\
tream"))return new Uint8Array(await s.arrayBuffer());if(s.ok&&e.startsWith("application/json")){let o=await s.json();return o.
reload&&(b=!1),o}return s.ok&&(b=!1),null}catch{return null}finally{clearTimeout(i)}}};function B(n){document.dispatchEvent(
new CustomEvent("layer:answer",{detail:n}))}function f(n,t={},...i){let s=document.createElement(n);for(let[e,o]of Object.entries(t))s.setAttribute(e,o);return s.append(
...i),s}function W(n){let[t,i]=U(n);return{opening:t,scenes:n.subarray(i)}}function U(n){let t=new DataView(n.buffer,n.byteOffset).
getUint32(0,!0);return[JSON.parse(new TextDecoder().decode(n.subarray(8,8+t))),8+t]}function I(n){let t=n.slice(),[i,s]=U(
t);return[i,Q(t.buffer,s,i.buffers)]}function Q(n,t,i){let s={f4:Float32Array,i2:Int16Array,i4:Int32Array,u1:Uint8Array},e={},o=({type:a,offset:l,length:h,outer:u,
sparse:c})=>{if(u){let[g,m]=u.map(r),A=new Float64Array(g.length*m.length);return g.forEach((q,G)=>m.forEach((V,Y)=>A[G*
m.length+Y]=q*V)),A}if(!c)return new s[a](n,t+l,h);let[d,p]=c.map(r),w=p instanceof Float32Array?new Float32Array(h):new Int32Array(
h),y=-1;return d.forEach((g,m)=>{y+=g,w[y]=p[m]}),w},r=a=>e[a]??=o(i[a]);return r}function j(n,t){return n.length===t.length&&n.every((i,s)=>i===t[s])}var M=class{constructor(t,i){let s=getComputedStyle(t),e=o=>s.getPropertyValue(`--${o}`).trim();this.page=e("page"),this.
panel=e("panel"),this.ink=e("ink"),this.soft=e("soft"),this.line=e("line"),this.input=e("input"),this.kernel=e("kernel"),
this.stamp=e("stamp"),this.output=e("output"),this.positive=e("positive"),this.negative=e("negative"),this.black=e("blac\
k"),this.white=e("white"),this.font=s.fontFamily,this.limit=i,this.blank=k(this.panel,this.line,.35),this.fills=new Map}fill(t){
let i=Math.min(1,Math.abs(t)/this.limit)**.6,s=Math.round(i*48)*(t<0?-1:1);if(!this.fills.has(s)){let e=t<0?this.negative:
this.positive,o=k(this.page,e,.85*Math.abs(s)/48);this.fills.set(s,{back:o,text:this.readable(o)})}return this.fills.get(
s)}shade(t,i,s){let e=t===null?{back:this.blank,text:this.soft}:this.fill(t);if(!i&&!s)return e;let o=`${e.back}${i}`;if(!this.
fills.has(o)){let[r,a]=i?[this.page,.5]:[this.output,.22],l=k(e.back,r,a),h=i&&x(this.soft,l)>=4.5;this.fills.set(o,{back:l,
text:h?this.soft:this.readable(l)})}return this.fills.get(o)}dimmed(t,i,s){let{back:e}=this.shade(t,i,s),o=`dim ${e}`;if(!this.
fills.has(o)){let r=k(e,this.page,.5),a=x(this.soft,r)>=4.5?this.soft:this.readable(r);this.fills.set(o,{back:r,text:a})}
return this.fills.get(o)}readable(t){let i=(e,o)=>x(e,t)>=x(o,t)?e:o,s=i(this.ink,this.page);return x(s,t)>=4.5?s:i(this.
black,this.white)}},T=class extends M{fill(t){let i=`count ${t}`;if(!this.fills.has(i)){let s=k(this.page,this.output,.85*
Math.min(1,t/this.limit));this.fills.set(i,{back:s,text:this.readable(s)})}return this.fills.get(i)}};function D(n){let t=getComputedStyle(
n).getPropertyValue("--st-background-color").trim();return/^#[0-9a-f]{6}$/i.test(t)&&x(t,"#ffffff")>4.5?"dark":"light"}function L(n){
return[1,3,5].map(t=>Number.parseInt(n.slice(t,t+2),16))}function k(n,t,i){let s=L(t);return`#${L(n).map((o,r)=>Math.round(
o+(s[r]-o)*i)).map(o=>o.toString(16).padStart(2,"0")).join("")}`}function x(n,t){let i=[n,t].map(s=>{let[e,o,r]=L(s).map(
a=>{let l=a/255;return l<=.04045?l/12.92:((l+.055)/1.055)**2.4});return .2126*e+.7152*o+.0722*r});return(Math.max(...i)+
.05)/(Math.min(...i)+.05)}function _({rows:n,cols:t},i){let s=Math.max(0,i.row),e=Math.max(0,i.col),o=Math.min(n,i.row+i.rows),r=Math.min(t,i.col+
i.cols);return o>s&&r>e?{row:s,col:e,rows:o-s,cols:r-e}:null}function z(n,t,i,s,e,o){n.beginPath(),n.roundRect(t,i,s,e,Math.min(o,s/2,e/2))}function N(n,t,i,s,{width:e=2.5,dash:o=[],
pad:r=1}={}){let a=_(t.grid,i);if(!a)return;let h=t.grid.column&&a.cols<t.grid.cols?Array.from({length:a.rows},(u,c)=>({
...a,row:a.row+c,rows:1})):[a];n.save(),n.strokeStyle=s,n.lineWidth=e,n.setLineDash(o);for(let{row:u,col:c,rows:d,cols:p}of h){
let{x:w,y}=t.rect(u,c),g=t.grid.column?1:p,m=t.grid.column?d*p:d,A=Math.min(t.width,t.height)>=20?5:2;z(n,w-r,y-r,g*t.width+
2*r,m*t.height+2*r,A),n.stroke()}n.restore()}function F(n,t,i){let s=Math.min(i.width,i.height);s<5||(n.strokeStyle=t.soft,
n.lineWidth=1,n.beginPath(),n.arc(i.x+i.width/2,i.y+i.height/2,s*.14,0,2*Math.PI),n.stroke())}function H(n,t){let i=document.
createElement("canvas");i.width=6,i.height=6;let s=i.getContext("2d");return s.strokeStyle=t.soft,s.globalAlpha=.4,s.lineWidth=
1,s.beginPath(),s.moveTo(-1,7),s.lineTo(7,-1),s.moveTo(-1,1),s.lineTo(1,-1),s.moveTo(5,7),s.lineTo(7,5),s.stroke(),n.createPattern(
i,"repeat")}function v(n,t=4){let i=Math.abs(n);return i<1e-9?"0":(i>=1e5||i<.001?n.toExponential(Math.max(0,t-3)).replace("e+","e"):
String(Number(n.toPrecision(t)))).replaceAll("-","\u2212")}var Z=10.5,R=class{constructor(t,i,s){this.grid=t,this.figure=i,this.canvas=s,this.context=s.getContext("2d"),this.texts=
new Map,this.x=0,this.y=0,this.label=void 0,this.reach=void 0}get drawnRows(){return this.grid.column?this.grid.rows*this.
grid.cols:this.grid.rows}get drawnCols(){return this.grid.column?1:this.grid.cols}resize({width:t,height:i},s){this.width=
t,this.height=i;let e=Math.min(t,i);this.gap=e>=14?2:e>=7?1:e>=6?.5:0,this.fontSize=e>=40?Math.max(14,Math.round(.33*e)):
Math.max(8,Math.min(14,Math.round(t*.42),Math.round(i*.62))),this.texts.clear();let o=this.drawnCols*t,r=this.drawnRows*
i;this.canvas.style.width=`${o}px`,this.canvas.style.height=`${r}px`,this.canvas.width=Math.round(o*s),this.canvas.height=
Math.round(r*s),this.context.setTransform(s,0,0,s,0,0),this.hatch=null}spot(t,i){let{column:s,cols:e}=this.grid,[o,r]=s?
[t*e+i,0]:[t,i];return{x:r*this.width,y:o*this.height,width:this.width,height:this.height}}rect(t,i){let s=this.spot(t,i);
return{...s,x:this.x+s.x,y:this.y+s.y}}cellAt(t,i){let s=Math.floor(i/this.height),e=Math.floor(t/this.width);if(s<0||e<
0||s>=this.drawnRows||e>=this.drawnCols)return null;let{column:o,cols:r}=this.grid;return o?{row:Math.floor(s/r),col:s%r}:
{row:s,col:e}}isCropped(t,i){let s=this.grid.frame;return s?!(t>=s.row&&t<s.row+s.rows&&i>=s.col&&i<s.col+s.cols):!1}isTinted(t,i){
let{frame:s,tint:e}=this.grid;if(!e||this.isCropped(t,i))return!1;let o=s.row+s.rows-e.rows;return t>=o||i>=s.col+s.cols-
e.cols}drawAll(t,i){let{rows:s,cols:e,values:o}=this.grid;this.context.clearRect(0,0,this.drawnCols*this.width,this.drawnRows*
this.height),this.most=o?o.reduce((r,a)=>Math.max(r,Math.abs(a)||0),0)||1:t.limit,this.isImage&&(this.context.fillStyle=
t.panel,this.context.fillRect(0,0,this.drawnCols*this.width,this.drawnRows*this.height));for(let r=0;r<s;r+=1)for(let a=0;a<
e;a+=1)this.drawAt(t,i,r,a)}get isImage(){return Math.min(this.width,this.height)<3}drawSpeck(t,i,s,e){let{index:o,cols:r,
ids:a}=this.grid,l=s*r+e;if(a&&a[l]<=0||!i.reached[o][l])return;let h=i.values[o][l],{x:u,y:c,width:d,height:p}=this.spot(
s,e),w=Math.max(.4,Math.abs(h)/this.most)*(h<0?-1:1);this.context.fillStyle=h===0?t.line:t.fill(t.limit*w).back,this.context.
fillRect(u,c,Math.max(1.5,d),Math.max(1.5,p))}drawAt(t,i,s,e,{pen:o=this.context,dim:r=!1}={}){if(this.isImage){this.drawSpeck(
t,i,s,e);return}let a=s*this.grid.cols+e,l=this.spot(s,e);o.clearRect(l.x,l.y,l.width,l.height);let h=i.reached[this.grid.
index][a]===1;if(!h&&this.grid.values&&!this.grid.frame&&!this.grid.ids)return;let u=this.grid.ids?this.grid.ids[a]:1;this.
drawCell(o,t,l,{dim:r,terms:h?i.terms[this.grid.index]?.[a]:void 0,value:h?i.values[this.grid.index][a]:null,text:h?this.
label?.(a)??void 0:void 0,hole:this.reach!==void 0&&this.reach[a]===0,cropped:this.isCropped(s,e)||u<0,tinted:this.isTinted(
s,e),faint:u<=0})}drawCell(t,i,s,{value:e,text:o,terms:r,hole:a,cropped:l,tinted:h,faint:u,dim:c,alpha:d=1}){let p=c?i.dimmed(
e,l,h):i.shade(e,l,h),w=s.width-this.gap,y=s.height-this.gap,g=s.x+this.gap/2,m=s.y+this.gap/2;t.save(),t.globalAlpha=d,
t.fillStyle=u?i.panel:p.back,z(t,g,m,w,y,Math.min(this.width,this.height)>=20?3:1),t.fill(),l&&(this.hatch??=H(t,i),t.fillStyle=
this.hatch,t.fill()),a?F(t,i,s):e!==null&&!this.drawTerms(t,i,s,{value:e,text:o,terms:r,shade:p})&&this.drawText(t,i,s,o??
e,u?i.soft:p.text),t.restore()}drawText(t,i,s,e,o){if(Math.min(s.width,s.height+4)<17)return;let r=typeof e=="number"?this.
fitNumber(t,i,e):this.fitText(t,i,e);if(!r)return;let{lines:a,size:l}=r;t.font=`${l}px ${i.font}`,t.fillStyle=o,t.textAlign=
"center",t.textBaseline="middle";let h=s.y+s.height/2+.5;a.forEach((u,c)=>{t.fillText(u,s.x+s.width/2,h+(c-(a.length-1)/
2)*(l+1))})}drawTerms(t,i,s,{value:e,text:o,terms:r,shade:a}){if(o!==void 0||!r||r.length<2||Math.min(this.width,this.height)<
50)return!1;let l=Math.max(Z,.205*this.width),h=r.map((u,c)=>(c===0?"":u<0?" \u2212 ":" + ")+v(c?Math.abs(u):u,3)).join(
"");return t.font=`${l}px ${i.font}`,t.measureText(h).width>this.width-this.gap-4?!1:(t.textAlign="center",t.textBaseline=
"middle",t.fillStyle=a.text,t.fillText(h,s.x+s.width/2,s.y+.76*s.height),t.font=`${.33*this.width}px ${i.font}`,t.fillText(
v(e,4),s.x+s.width/2,s.y+.42*s.height),!0)}fitNumber(t,i,s){let e=v(s,4);if(!this.texts.has(e)){let o=Math.max(8,this.fontSize-
2),r=[[4,o],[3,o],[2,8]].map(([a,l])=>this.fitText(t,i,v(s,a),l)).find(Boolean);this.texts.set(e,r??null)}return this.texts.
get(e)}fitText(t,i,s,e=8){let o=Array.isArray(s)?s:[s];for(let r of o){let a=r.split(`
`);for(let l=this.fontSize;l>=e;l-=1){t.font=`${l}px ${i.font}`;let h=Math.max(...a.map(c=>t.measureText(c).width)),u=a.
length>1&&a.length*(l+2)>this.height-this.gap-2;if(h<=this.width-this.gap-(/[a-z]/.test(r)?6:3)&&!u)return{lines:a,size:l}}}
return null}};var tt=40,st=420,C=30,it=6,E=class{constructor(t){this.title=f("b"),this.subtitle=f("span"),this.canvas=f("canvas",{role:"\
img",tabindex:"0"}),this.cells=f("canvas"),this.readout=f("p",{class:"readout",role:"status"}),this.note=f("p",{class:"n\
ote"});let i=f("figcaption",{},this.title,this.subtitle);this.figure=f("figure",{},i,this.canvas,this.readout,this.note),
t.append(this.figure),this.canvas.addEventListener("pointermove",s=>this.point(s)),this.canvas.addEventListener("pointer\
leave",()=>this.mark(null)),this.canvas.addEventListener("blur",()=>this.mark(null)),this.canvas.addEventListener("keydo\
wn",s=>this.walk(s)),this.at=null}load(t,i){this.map=t,this.values=i(t.values),this.bars=t.bars?.map(i);let{rows:s,cols:e,
frame:o}=t,r=t.shades?i(t.shades):this.values,a={index:0,role:"output",symbol:"y",rows:s,cols:e,values:r,ids:null,frame:o};
this.view=new R(a,this.figure,this.cells),this.view.label=l=>v(this.values[l],4),this.replay={values:[r],reached:[new Uint8Array(
s*e).fill(1)],terms:[[]]},this.title.textContent=t.title,this.subtitle.textContent=t.subtitle,this.note.textContent=t.note,
this.canvas.setAttribute("aria-label",`${t.title}: ${t.subtitle}. Arrow keys read out a cell.`),this.at&&(this.at.row>=s||
this.at.col>=e)&&(this.at=null)}draw(t,i,s){let{rows:e,cols:o,scale:r,limit:a}=this.map;this.margin=this.bars?C+it:2;let l=Math.
min(tt,(i-this.margin-2)/o,st/e),h=Math.max(1,Math.floor(l*s)/s);this.theme=r==="count"?new T(t,a):new M(t,a),this.view.
resize({width:h,height:h},s),this.view.drawAll(this.theme,this.replay),this.ratio=s;let u={width:this.margin+o*h+2,height:this.
margin+e*h+2};for(let c of["width","height"])this.canvas[c]=Math.round(u[c]*s),this.canvas.style[c]=`${u[c]}px`;this.view.
x=this.view.y=this.margin,this.paint()}paint(){let{canvas:t,cells:i,view:s,theme:e,ratio:o,margin:r,map:a}=this,l=t.getContext(
"2d");l.setTransform(1,0,0,1,0,0),l.clearRect(0,0,t.width,t.height),l.drawImage(i,Math.round(r*o),Math.round(r*o)),l.setTransform(
o,0,0,o,0,0),this.bars&&this.paintBars(l);let{frame:h,rows:u,cols:c}=a;(h.rows<u||h.cols<c)&&N(l,s,h,e.output,{width:2,dash:[
6,4]}),this.at&&N(l,s,{...this.at,rows:1,cols:1},e.ink,{width:2}),this.readout.textContent=this.at?this.wordsOf(this.at):
""}paintBars(t){let{view:i,theme:s,margin:e}=this,o=i.width>=10?2:0;t.fillStyle=s.output,t.globalAlpha=.75,this.bars.forEach(
(r,a)=>{let l=Math.max(1,...r);r.forEach((h,u)=>{let c=C*h/l,d=e+u*i.width+o/2;a===0?t.fillRect(C-c,d,c,i.width-o):t.fillRect(
d,C-c,i.width-o,c)})}),t.globalAlpha=1}point(t){let i=this.canvas.getBoundingClientRect(),s=[t.clientX-i.left-this.margin,
t.clientY-i.top-this.margin];this.mark(this.view.cellAt(s[0],s[1]))}walk(t){let s={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[
0,-1],ArrowRight:[0,1]}[t.key];if(!s)return;t.preventDefault(),t.stopPropagation();let{rows:e,cols:o}=this.map,r=this.at??
{row:0,col:-1},a=(l,h)=>Math.min(h-1,Math.max(0,l));this.mark({row:a(r.row+s[0],e),col:a(r.col+s[1],o)})}mark(t){this.at=
t,this.theme&&this.paint()}wordsOf({row:t,col:i}){let{map:s,values:e,bars:o}=this,r=`y[${t-s.frame.row},${i-s.frame.col}\
]`.replaceAll("-","\u2212"),a=t*s.cols+i;if(!o){let c=this.replay.values[0][a],d=s.level?` (${c<0?"\u2212":"+"}${Math.abs(
100*c).toFixed(1)} % of the level)`:"";return`${r} = ${v(e[a],6)}${d}`}let[l,h]=s.sources??[],u=l?`; input rows ${l[t]},\
 columns ${h[i]}`:"";return`${r}: ${e[a]} = ${o[0][t]} \xD7 ${o[1][i]}${u}`}};var et=32,ot=560,O=class{constructor(t){this.root=f("div",{class:"maps",role:"group","aria-label":"Maps of the output"}),
this.verdict=f("p",{class:"verdict","aria-live":"polite"}),this.row=f("div",{class:"row"}),this.root.append(this.verdict,
this.row),t.append(this.root),this.views=[],this.bytes=void 0,this.following=new S(this),this.resizing=new ResizeObserver(
()=>this.arrange()),this.resizing.observe(this.root)}destroy(){this.following.destroy(),this.resizing.disconnect(),this.
root.remove()}take(t){let{opening:i,scenes:s}=W(t);this.following.take(i)&&this.show(s,i.shown??"")}show(t,i){this.root.
dataset.shown=i,this.root.classList.remove("refused"),(!this.bytes||!j(this.bytes,t))&&this.load(t),this.arrange()}refuse(){
this.root.classList.add("refused")}load(t){this.bytes=t;let[i,s]=I(t);for(this.verdict.dataset.flat=String(i.verdict.flat),
this.verdict.replaceChildren(f("b",{},i.verdict.headline),` ${i.verdict.reason}`);this.views.length<i.maps.length;)this.
views.push(new E(this.row));this.views.forEach((e,o)=>e.load(i.maps[o],s))}arrange(){let t=this.root.clientWidth;if(!t||
!this.bytes)return;this.root.dataset.theme=D(this.root);let i=t>=ot?this.views.length:1;this.row.style.gridTemplateColumns=
`repeat(${i}, 1fr)`;let s=(t-et*(i-1))/i;for(let e of this.views)e.draw(this.root,Math.floor(s),window.devicePixelRatio||
1)}},$=new WeakMap;function zt({data:n,parentElement:t}){return $.has(t)||$.set(t,new O(t)),$.get(t).take(n),()=>{$.get(
t)?.destroy(),$.delete(t)}}export{zt as default};
