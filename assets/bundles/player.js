function p(e,t={},...s){let i=document.createElement(e);for(let[o,n]of Object.entries(t))i.setAttribute(o,n);return i.append(
...s),i}var os={first:"M4 4h2v12H4zM16 4v12L7 10z",back:"M14 4v12L5 10z",play:"M6 3l11 7-11 7z",pause:"M5 4h4v12H5zM11 4\
h4v12h-4z",next:"M6 4v12l9-6z",last:"M14 4h2v12h-2zM4 4v12l9-6z",loop:"M10 3a7 7 0 0 1 6.6 4.7l-1.9.6A5 5 0 1 0 15 10h-2\
.5l3.5-4.5L19.5 10H17a7 7 0 1 1-7-7z"};function Q(e){let t=document.createElementNS("http://www.w3.org/2000/svg","svg");
t.setAttribute("viewBox","0 0 20 20"),t.setAttribute("aria-hidden","true");let s=document.createElementNS("http://www.w3\
.org/2000/svg","path");return s.setAttribute("d",os[e]),t.append(s),t}function _(e){return e.layout.board?.results??[e.layout.result]}function B(e,t){let s=e.fixed?0:2*t;return[e.corners[s],
e.corners[s+1]]}function T(e,t,s,i){let{rows:o,cols:n}=e.grids[s.grid],[r,a]=B(s,t);for(let c=0;c<s.rows;c+=1){let l=r+c*
s.rowStep;if(!(l<0||l>=o))for(let h=0;h<s.cols;h+=1){let u=a+h*s.colStep;u>=0&&u<n&&i(l*n+u,c*s.cols+h,l,u)}}}function P(e,t,s){
let[i,o]=B(s,t);return{row:i,col:o,rows:s.rowStep*(s.rows-1)+1,cols:s.colStep*(s.cols-1)+1}}function F({rows:e,cols:t},s){
let i=Math.max(0,s.row),o=Math.max(0,s.col),n=Math.min(e,s.row+s.rows),r=Math.min(t,s.col+s.cols);return n>i&&r>o?{row:i,
col:o,rows:n-i,cols:r-o}:null}function E(e,t,s,i){return t.product?t.product.reduce((o,n)=>{let r=e.channel[n],[a,c]=B(r,
s),l=Math.floor(i/r.cols),h=i%r.cols,u=e.grids[r.grid];return o*u.values[(a+l*r.rowStep)*u.cols+c+h*r.colStep]},1):t.values[s*
t.patch+i]}function Z(e,t,s,i=e.factors){return i.map(({channel:o,at:n})=>{let r=e.channel[o],a=e.grids[r.grid],c=n==="same"?s:0,[l,
h]=B(r,t),u=l+Math.floor(c/r.cols)*r.rowStep,d=h+c%r.cols*r.colStep,f=a.values[u*a.cols+d];return{grid:r.grid,row:u,col:d,
value:f,role:a.role,name:J(e,a,u,d),letter:tt(e,a,u*a.cols+d)}})}function es(e,t,s){let i=[],o=e.channels.find(a=>a.grid===
t&&a.mode!=="read");if(!o||e.factors.length===0)return i;let[n]=e.factors.map(({channel:a})=>e.channel[a]),r=e.factors.every(
({at:a})=>a==="same")&&o.patch===1?n.patch:1;for(let a=0;a<e.steps;a+=1)T(e,a,o,(c,l)=>{if(c===s)for(let h=0;h<r;h+=1){let u=Z(
e,a,r>1?h:l),d=r>1?it(u):E(e,o,a,l);i.push({step:a,value:d,factors:u,cells:()=>u})}});return i}function is(e,t,s){let{sums:i}=e.
layout.board,o=[];for(let n=0;n<e.steps;n+=1)for(let r of e.channels)r.grid!==t||!i[r.name]||T(e,n,r,(a,c)=>{if(a===s)for(let l of i[r.
name]){let h=Z(e,n,c,l);o.push({step:n,value:it(h),factors:h,cells:()=>h})}});return o}function it(e){return e.reduce((t,s)=>t*
s.value,1)}function V(e,t,s,i=0){let{links:o}=e;if(!o){let[d]=e.scenes,f=d.grids[_(d)[i]];return(d.layout.board?is:es)(d,
f.index,(t+(f.frame?.row??0))*f.cols+s+(f.frame?.col??0))}let{source:n,tap:r,corners:a,spacing:c,target:l}=o,h=t>=0&&s>=
0&&t<l[0]&&s<l[1],u=[];for(let d=0;d<n.values.length;d+=1){let f=(t-a[2*d])/c[0],m=(s-a[2*d+1])/c[1];if(!(Number.isInteger(
f)&&Number.isInteger(m)&&f>=0&&m>=0&&f<r.rows&&m<r.cols))continue;let y=f*r.cols+m;u.push({source:d,step:o.clock==="sour\
ce"?d:h?t*l[1]+s:-1,value:n.values[d]*r.values[y],factors:[{role:"input",name:wt(o,d),letter:Lt(d),value:n.values[d]},{role:"\
kernel",name:gt(o,y),letter:Ct(o,y),value:r.values[y]}],cells:g=>rs(g,{source:d,tap:y,row:h?t*l[1]+s:-1})})}return u}function rs(e,{
source:t,tap:s,row:i}){let o=[];for(let n of e.grids){let r;n.family==="source"&&(r=n.place(t)),n.family==="tap"&&s!==void 0&&
(r=n.place(s)),n.family==="entry"&&i>=0&&(r=i*n.cols+t),r!==void 0&&o.push({grid:n.index,row:Math.floor(r/n.cols),col:r%
n.cols})}return o}function Ot(e,t){if(e.family!=="source")return;let s=e.ids?e.ids[t]-1:t;return s>=0?s:void 0}function wt({
source:e},t){return`x[${Math.floor(t/e.cols)},${t%e.cols}]`}function gt({tap:e},t){return`w[${Math.floor(t/e.cols)},${t%
e.cols}]`}function Lt(e){return String.fromCharCode(97+e)}function Ct({tap:e},t){let s=i=>String.fromCharCode(8320+i);return`\
w${s(Math.floor(t/e.cols))}${s(t%e.cols)}`}function tt(e,t,s){let{links:i}=e;if(!i)return null;let o=t.ids?t.ids[s]-1:s;
return t.family==="source"?o<0?"0":Lt(o):t.family==="tap"||t.family==="entry"?o<0?"0":Ct(i,o):null}function k(e,t=4){let s=Math.
abs(e);return s<1e-9?"0":(s>=1e5||s<.001?e.toExponential(Math.max(0,t-3)).replace("e+","e"):String(Number(e.toPrecision(
t)))).replaceAll("-","\u2212")}function At(e,t,s,i){return s===1?`${e} ${t}`:i===1?`${e}s ${t}\u2013${t+s-1}`:`${e}s ${Array.
from({length:s},(o,n)=>t+n*i).join(", ")}`}function J(e,t,s,i){if(t.ids&&e.links){let l=t.ids[s*t.cols+i]-1;if(t.family===
"entry"){let h=`${t.symbol}[${s},${i}]`;return l<0?h:`${h} = ${gt(e.links,l)}`}return l<0?l===-1?"inserted zero":"paddin\
g":t.family==="source"?wt(e.links,l):gt(e.links,l)}let o=t.frame;if(t.symbol.endsWith("]"))return t.symbol;let n=t.at.map(
l=>`${l},`).join("");if(!o)return`${t.symbol}[${n}${s},${i}]`;let r=s-o.row,a=i-o.col;return r>=0&&a>=0&&r<o.rows&&a<o.cols?
`${t.symbol}[${n}${r},${a}]`:`${t.outside}[${n}${s},${i}]`}function st(e,t,s){return s.replace(/\{(\w+)\.(\w+)\}/g,(o,n,r)=>{
let a=e.channel[n],[c,l]=B(a,t),h=e.grids[a.grid];return r==="value"?k(a.mode==="read"?h.values[c*h.cols+l]:E(e,a,t,0)):
r==="name"&&h.family==="source"&&e.links?.clock==="source"?wt(e.links,t):r==="name"?J(e,h,c,l):r==="rows"?At("row",c,a.rows,
a.rowStep):At("column",l,a.cols,a.colStep)}).replace(/^(row|column)/,o=>o[0].toUpperCase()+o.slice(1))}var rt=class{constructor(t){this.player=t,this.hover=null,this.pin=null}load(t){this.hover=null;let s=t?this.player.message.
pin:this.pin&&[this.pin.y,this.pin.x,this.pin.at];this.setPin(s)}setHover(t){let{player:s}=this,i=t&&this.hover&&t.view===
this.hover.view&&t.row===this.hover.row&&t.col===this.hover.col;i||(this.hover=t&&{...t,...this.relations(t)}),t&&(t.view.
canvas.title=this.nameOf(t)),!i&&!s.playing&&s.draw()}relations({panel:t,view:s,row:i,col:o}){let{grid:n}=s,r=t.results.
indexOf(s);return r>=0?{focus:this.focusOn(i-(n.frame?.row??0),o-(n.frame?.col??0),r)}:n.family==="entry"&&n.ids[i*n.cols+
o]===0?{}:n.family==="entry"?{source:o}:this.player.message.links?{source:Ot(n,i*n.cols+o)}:{}}focusOn(t,s,i=0){return{y:t,
x:s,at:i,terms:V(this.player.message,t,s,i)}}nameOf({panel:t,view:s,row:i,col:o}){let{index:n,cols:r}=s.grid,a=i*r+o,c=J(
t.scene,s.grid,i,o);if(s.reach?.[a]===0)return`${c}: a hole, no stamp reaches it`;let l=t.replay.reached[n][a]===1;return`${c}\
 ${l?`= ${k(t.replay.values[n][a])}`:"not reached yet"}`}choose(t){if(!t)return;let{player:s}=this,{panel:i,view:o,row:n,
col:r}=t;if(o.grid.action==="jump"){this.jump(i,o.grid,n,r);return}let a=n-(o.grid.frame?.row??0),c=r-(o.grid.frame?.col??
0),l=i.results.indexOf(o),h=this.pin&&this.pin.y===a&&this.pin.x===c&&this.pin.at===l;this.setPin(h?null:[a,c,l]),s.describe(),
s.draw(),s.reportSoon()}jump({scene:t},s,i,o){let n=t.channels.find(r=>r.grid===s.index&&r.patch===1);if(n)for(let r=0;r<
t.steps;r+=1){let[a,c]=B(n,r);i===a&&o===c&&this.player.goTo(r+1)}}move(t,s,i){let n={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[
0,-1],ArrowRight:[0,1]}[t.key];if(t.key==="Enter")this.choose(this.hover??{panel:s,view:i,row:0,col:0});else if(n){let r=this.
hover?.view===i?this.hover:{row:0,col:-1},a=(c,l)=>Math.min(l-1,Math.max(0,c));this.setHover({panel:s,view:i,row:a(r.row+
n[0],i.grid.rows),col:a(r.col+n[1],i.grid.cols)}),this.player.pinBox.setAttribute("aria-label",this.nameOf(this.hover))}else
return;t.preventDefault(),t.stopPropagation()}setPin(t){let s=({results:i})=>{let o=i[t[2]??0]?.grid;if(!o)return!1;let n=t[0]+
(o.frame?.row??0),r=t[1]+(o.frame?.col??0);return n>=0&&r>=0&&n<o.rows&&r<o.cols};this.pin=t&&this.player.panels.some(s)?
this.focusOn(...t):null}};var yt=(e,t)=>e<4?e:Math.floor(e*t)/t,W=(e,t)=>{let s=Math.max(2,yt(e,t));return{width:s,height:s}},R=e=>e.reduce((t,s)=>t+
s.cols,0),z=e=>Math.max(...e.map(t=>t.rows));function Y(e){return e.layout.factors.filter(t=>typeof t=="number").map(t=>e.
grids[t])}function N(e){return!!e.grids[e.layout.result].column}function j(e){let[t,...s]=Y(e);return!e.layout.board&&s.
length===2&&t.rows>=s[0].rows+2}function Nt(e,t,s){if(e.length===1){let[c]=e;return c.layout.board?as(c,t,s):N(c)?{layout:t<
620?"narrow":"wide",sizes:[Et(c,{width:t<620?t:t-250,height:480,ratio:s})],widths:[t]}:cs(c,t,s)}let i=t>=700,o=i?ns(e,t-
28*(e.length-1)):e.map(()=>t),n=e.map((c,l)=>{let{rows:h,cols:u}=c.grids[c.layout.result];return N(c)?1/0:Math.min(46,o[l]/
u,(i?300:400)/h)}),r=Math.min(...n),a=e.map((c,l)=>N(c)?Et(c,{width:o[l],height:i?450:480,ratio:s}):Pt(c,{width:o[l],result:r,
ratio:s,roomy:!i}));return{layout:i?"beside":"narrow",sizes:a,widths:o}}function ns(e,t){let s=e.map(o=>e.length>2&&N(o)?
.76:1),i=s.reduce((o,n)=>o+n,0);return s.map(o=>o*t/i)}function Pt(e,{width:t,result:s,ratio:i,roomy:o}){let[n,...r]=Y(e),
a=j(e)?Math.max(...r.map(({cols:w})=>w)):R(r),c=j(e)?1:r.length,l=o&&r.length===1?44:22,h=n.rows>r[0].rows?(t-l-92)/n.cols:
1/0,u=j(e)?Math.max(n.rows,r[0].rows+r[1].rows+3):Math.max(n.rows,z(r)),d=Math.min(40,(t-l*c)/(n.cols+a),h,(j(e)?280:220)/
u),f=Math.max(d,Math.min(18,92/a)),m=[];for(let w of r)m[w.index]=W(n.rows>r[0].rows?f:d,i);return m[n.index]=W(d,i),m[e.
layout.result]=W(s,i),m}function Et(e,{width:t,height:s,ratio:i}){let o=Y(e).find(u=>!u.column),n=e.grids[e.layout.result],
r=e.symbols&&t>500?170:0,a=Math.min(44,Math.max(28,t/9)),c=Math.min(48,(t-72-a-(r||a))/o.cols),l=s/o.rows,h=[];for(let u of e.
grids){let d=u.column&&u!==n?Math.min(s/(u.rows*u.cols),Math.max(l,16)):l,f=u===o?c:u===n&&r||a;h[u.index]={width:yt(f,i),
height:yt(Math.min(26,d),i)}}return h}function as(e,t,s){let{rows:i,results:o}=e.layout.board,n=[];for(let h of t<620?["\
narrow"]:["wide","over"])for(let u=10;u<=32;u+=1)for(let d=1;d<=o.length;d+=1)n.push(ls(e,{width:t,layout:h,cell:u,count:d}));
let r=n.reduce((h,u)=>u.score>h.score?u:h),[a]=i[0],c=({index:h,rows:u,cols:d})=>o.includes(h)?r.size:u===e.grids[a].rows&&
d===e.grids[a].cols&&i.some(([f])=>f===h)?r.cell:r.tap,l=e.grids.map(h=>W(c(h),s));return{layout:r.layout,sizes:[l],widths:[
t],across:r.count}}function ls(e,{width:t,layout:s,cell:i,count:o}){let{rows:n,results:r}=e.layout.board,a=n.map(L=>L.map(
C=>e.grids[C]).filter(Boolean)),[c,...l]=a[0],h=s==="wide",u=(s==="narrow"?24:30)+(s==="narrow"?6:10)*(l.length+1),d=((h?
.56:1)*t-u-i*c.cols)/R(l),f=Math.floor(Math.min(32,d,Math.max(i,i*c.rows/l[0].rows))),w=a.map(L=>Math.max(...L.map(C=>C.
rows*(C===L[0]&&L.length>l.length?i:f)))).reduce((L,C)=>L+C+36,0),{rows:y,cols:g}=e.grids[r[0]],b=h?t-i*c.cols-f*R(l)-u-
100:t,v=Math.ceil(r.length/o),M=Math.floor(Math.min(34,(b-24*(o-1))/(g*o))),x=(M*y+60)*v,S=h?Math.max(w,x):w+x,O=[i,f,M],
$=O.filter(L=>L>=17).length,K=Math.min(i,24)+Math.min(f,30)+Math.min(M,26),et=f>=6&&M>=4;return{layout:s,cell:i,tap:f,size:M,
count:o,score:et?30*$+K-S/40-(s==="narrow"?0:Math.max(0,S-600)/12):Math.min(...O)-1e3}}function cs(e,t,s){let i=Y(e),o=e.
grids[e.layout.result],n=[],r=(b,v)=>{for(let M of b)n[M.index]=W(v,s)},a=b=>({layout:b,sizes:[n],widths:[t]});if(t<620&&
j(e)){let b=Math.min(46,t/e.grids[e.layout.result].cols);return{layout:"narrow",sizes:[Pt(e,{width:t,result:b,ratio:s,roomy:!0})],
widths:[t]}}if(t<620)return r(i,Math.min(40,(t-56)/R(i),260/z(i))),r([o],Math.min(46,t/o.cols)),a("narrow");let c=Math.min(
46,500/o.rows,.54*t/o.cols),l=Math.min(46,t/o.cols,300/o.rows),h=Math.min(40,(t-80)/R(i),180/z(i)),u=l*o.rows+h*z(i);if(l>=
1.5*c&&u<=400)return r(i,h),r([o],l),a("over");let d=t-Math.max(c*o.cols,200)-40-64,f=Math.min(46,d/R(i),(d-216)/i[0].cols,
440/z(i)),[m,...w]=i,y=Math.min(44,(d+64)/m.cols,210/m.rows),g=Math.min(44,(d+10)/R(w),150/z(w));return r([o],c),f>=26||
f>=Math.min(y,g)?(r(i,f),a("wide")):(r([m],y),r(w,g),a("stacked"))}var hs=12,zt=56,Rt=54,It=84;function Bt(e){e.root.classList.add("looping"),e.transport.setLoop(!0);let t=p("div",{class:"\
foot"},e.transport.root,e.caption);e.pinBox.remove(),e.panels[0].left.append(t)}function Ft({scenes:e,loop:t},s,i){return t?
us(e[0],{width:s-hs,height:t,ratio:i}):Nt(e,s,i)}function us(e,{width:t,height:s,ratio:i}){let o=Y(e),n=e.grids[e.layout.
result],r=t<620,a=r?t-56:.56*t-64,c=r?92:s-Rt-It,l=Math.min(zt,a/R(o),c/z(o)),h=s-Rt-(r?18+l*z(o)+It:0),u=Math.min(zt,(r?
1:.4)*t/n.cols,h/n.rows),d=[];for(let f of o)d[f.index]=W(l,i);return d[e.layout.result]=W(u,i),{layout:r?"narrow":"wide",
sizes:[d],widths:[t]}}function Wt(e){let{top:t,bottom:s}=e.getBoundingClientRect();return s>0&&t<innerHeight}var ds=1400,nt=class{constructor(){this.position=0,this.playing=!1,this.loop=!1,this.speed=1,this.untouched=!0,this.message=
void 0,this.turning=void 0,this.cells=void 0,this.root=void 0,this.report=void 0,this.reduced=matchMedia("(prefers-reduc\
ed-motion: reduce)")}draw(){}describe(){}get steps(){return this.message.steps}get stepTime(){return Math.min(1200,Math.
max(110,26e3/this.steps))/this.speed}toggle(){this.playing?this.pause():this.play()}play(){(this.untouched||this.position>=
this.steps)&&(this.position=0),this.untouched=!1,this.turning.settle(),this.playing=!0,this.clock=this.position,this.held=
0,this.last=void 0,clearTimeout(this.reporting),cancelAnimationFrame(this.turning.frame),this.describe(),this.frame=requestAnimationFrame(
t=>this.tick(t))}pause(){this.playing=!1,cancelAnimationFrame(this.frame),this.position=Math.round(this.position),this.turning.
settle(),this.draw(),this.describe(),this.reportSoon()}tick(t){let s=this.last===void 0?0:Math.min(100,t-this.last);if(this.
last=t,this.frame=requestAnimationFrame(i=>this.tick(i)),!(this.message.loop&&!Wt(this.root))){if(this.turning.due){this.
turning.advance(s),this.draw(),this.turning.due||this.describe();return}this.clock>=this.steps&&(this.held+=s),this.clock=
Math.min(this.steps,this.clock+s/this.stepTime),this.position=this.reduced.matches?Math.floor(this.clock):this.clock,this.
draw(),this.position>=this.steps&&!this.loop?this.pause():this.held>=ds&&(this.held=0,this.clock=0)}}goTo(t){this.untouched=
!1,this.playing&&(this.playing=!1,cancelAnimationFrame(this.frame)),this.position=Math.min(this.steps,Math.max(0,t)),this.
turning.settle(),this.draw(),this.describe(),this.reportSoon()}stepBy(t){this.goTo(t>0?Math.floor(this.position)+t:Math.
ceil(this.position)+t)}reportSoon(){clearTimeout(this.reporting),this.reporting=setTimeout(()=>{if(this.playing||this.message.
loop)return;let{pin:t}=this.cells;this.report({step:this.position,pin:t&&[t.y,t.x,...t.at?[t.at]:[]]})},700)}};function Ht(e){let t=e.slice(),s=new DataView(t.buffer),i=s.getUint32(4,!0),o=JSON.parse(new TextDecoder().decode(t.subarray(
8,8+i))),n=fs(t.buffer,8+i,o.buffers),r=o.links&&{...o.links,corners:n(o.links.corners),source:{...o.links.source,values:n(
o.links.source.values)},tap:{...o.links.tap,values:n(o.links.tap.values)}},a={steps:o.steps,limit:o.limit,symbols:o.symbols,
links:r};return{...o,links:r,start:s.getUint32(0,!0),scenes:o.scenes.map(c=>ms(c,a,n))}}function fs(e,t,s){let i={f4:Float32Array,
i2:Int16Array,i4:Int32Array,u1:Uint8Array},o={},n=({type:a,offset:c,length:l,outer:h,sparse:u})=>{if(h){let[y,g]=h.map(r),
b=new Float64Array(y.length*g.length);return y.forEach((v,M)=>g.forEach((x,S)=>b[M*g.length+S]=v*x)),b}if(!u)return new i[a](
e,t+c,l);let[d,f]=u.map(r),m=f instanceof Float32Array?new Float32Array(l):new Int32Array(l),w=-1;return d.forEach((y,g)=>{
w+=y,m[w]=f[g]}),m},r=a=>o[a]??=n(s[a]);return r}function ms(e,t,s){let i=e.channels.map((o,n)=>{let r=s(o.corners),a=o.
values?s(o.values):void 0;return{...o,index:n,corners:r,values:a,patch:o.rows*o.cols,fixed:r.length===2}});return{...t,...e,
flights:e.layout.board?.flights??(e.flight?[e.flight]:[]),grids:e.grids.map((o,n)=>ps(o,n,s)),channels:i,channel:Object.
fromEntries(i.map(o=>[o.name,o])),captionIndex:s(e.captionOfStep)}}function ps(e,t,s){let i=e.ids?s(e.ids):null,o=Array.
isArray(e.values)?s(e.values[0]):null,n=o?Float32Array.from(i,a=>o[Math.max(a,0)]):e.values&&s(e.values),r=new Map;return i?.
forEach((a,c)=>a>0&&r.set(a-1,c)),{at:[],...e,index:t,ids:i,values:n,place:a=>i?r.get(a):a}}function I(e,t,s,i,o,n){e.beginPath(),e.roundRect(t,s,i,o,Math.min(n,i/2,o/2))}function A(e,t,s,i,{width:o=2.5,dash:n=[],
pad:r=1}={}){let a=F(t.grid,s);if(!a)return;let l=t.grid.column&&a.cols<t.grid.cols?Array.from({length:a.rows},(h,u)=>({
...a,row:a.row+u,rows:1})):[a];e.save(),e.strokeStyle=i,e.lineWidth=o,e.setLineDash(n);for(let{row:h,col:u,rows:d,cols:f}of l){
let{x:m,y:w}=t.rect(h,u),y=t.grid.column?1:f,g=t.grid.column?d*f:d,b=Math.min(t.width,t.height)>=20?5:2;I(e,m-r,w-r,y*t.
width+2*r,g*t.height+2*r,b),e.stroke()}e.restore()}var gs=1600,at=class{constructor(t){this.player=t,this.share=1}get due(){return this.share<1}get state(){return this.share===
0?"upright":this.due?"turning":"turned"}get possible(){return!this.player.reduced.matches&&this.player.panels.some(({turning:t})=>t)}settle(){
let{position:t,playing:s}=this.player;this.possible?t===0&&!s?this.reset():this.due&&!s&&this.run():this.share=1}reset(){
cancelAnimationFrame(this.frame),this.share=0}run(){cancelAnimationFrame(this.frame);let t,s=i=>{this.advance(t===void 0?
0:i-t),t=i,this.player.draw(),this.due?this.frame=requestAnimationFrame(s):this.player.describe()};this.frame=requestAnimationFrame(
s)}advance(t){this.share=Math.min(1,this.share+Math.min(100,t)*this.player.speed/gs),this.player.root.dataset.turn=this.
state}replay(){!this.possible||this.player.playing||(this.reset(),this.run())}};function ot(e){let t=Math.min(1,Math.max(
0,e));return t<.5?2*t*t:1-(2-2*t)**2/2}function Dt(e,t,s){let{turning:i}=t,o=s.turning;if(!o||!i.due)return;let{rows:n,cols:r,
values:a}=o.grid,c=(1-ot(i.share))*Math.PI,{theme:l}=t,h=r*o.width,u=n*o.height,d={x:o.x+h/2,y:o.y+u/2};e.save(),e.fillStyle=
l.page,e.fillRect(o.x-1,o.y-1,h+2,u+2),e.restore();for(let f=0;f<n*r;f+=1){let m=o.rect(Math.floor(f/r),f%r),w=m.x+m.width/
2-d.x,y=m.y+m.height/2-d.y,g=d.x+w*Math.cos(c)-y*Math.sin(c),b=d.y+w*Math.sin(c)+y*Math.cos(c),v=tt(s.scene,o.grid,f),M=i.
share>0||s.scene.symbols,x=k(a[f],3),S=M&&v?[`${v}
${x}`,v]:x;e.save(),e.translate(g,b),ws(e,l,o,{angle:c,text:s.scene.symbols&&v?v:S,value:a[f]}),e.restore()}i.share!==0&&
(e.save(),e.translate(d.x,d.y),e.rotate(c),e.strokeStyle=l.kernel,e.lineWidth=2,I(e,-h/2-1,-u/2-1,h+2,u+2,5),e.stroke(),
e.restore())}function ws(e,t,s,{angle:i,text:o,value:n}){let r=t.fill(n),a=s.width-s.gap,c=s.height-s.gap;e.save(),e.rotate(
i),e.fillStyle=r.back,I(e,-a/2,-c/2,a,c,3),e.fill(),e.restore();let l={x:-s.width/2,y:-s.height/2,width:s.width,height:s.
height};s.drawText(e,t,l,o,r.text)}var lt=.28,H=.64,ys=.86,bt=.2,Ut=.42;function ct(e,t,s){let i=Z(e,t,s);return e.symbols?i.some(({letter:o})=>o==="0")?"0":
i.map(({letter:o})=>o).join("\xB7"):i.map(({value:o})=>k(o,3)).join("\xB7")}function _t({context:e,player:t,panel:s,theme:i},o,n,r){
let{scene:a,views:c}=s,l=a.channel[r.from],h=a.channel[r.to],u=c[l.grid],d=c[h.grid],f=a.layout.board?.sums[r.to],m=f?Ut:
lt;if(f&&!F(d.grid,P(a,o,h)))return;if(f&&n<m){for(let M of f)bs({context:e,player:t,panel:s,theme:i},o,n,l,M);return}let w=a.
factors.length>0&&(n<lt*.8&&t.stepTime>=350||a.symbols);if(T(a,o,l,(M,x,S,O)=>{let $=w?ct(a,o,x):void 0;u.drawCell(e,i,u.
rect(S,O),{value:E(a,l,o,x),text:$})}),A(e,u,P(a,o,l),i.stamp),n<m)return;let y=ot((n-m)/(H-m)),g={x:1/0,y:1/0,right:-1/0,
bottom:-1/0},b=[],v=new Map;T(a,o,h,(M,x,S,O)=>{b[x]={cell:M,row:S,col:O},v.set(M,(v.get(M)??0)+E(a,h,o,x))}),T(a,o,l,(M,x,S,O)=>{
let $=Math.min(x,b.length-1),K=b[$],et=u.rect(S,O),L=d.rect(K.row,K.col),C=U=>et[U]+(L[U]-et[U])*y,D={x:C("x"),y:C("y")-
24*Math.sin(Math.PI*y),width:C("width"),height:C("height")};if(g.x=Math.min(g.x,D.x),g.y=Math.min(g.y,D.y),g.right=Math.
max(g.right,D.x+D.width),g.bottom=Math.max(g.bottom,D.y+D.height),n<H){let U=y<.5?u:d,ss=a.symbols&&a.factors.length?ct(
a,o,x):void 0;U.drawCell(e,i,D,{value:E(a,l,o,x),text:ss,alpha:.92})}else{let U=v.get(K.cell);vt(e,t,s,{view:d,rect:L,share:n,
target:K,add:U,replaces:h.mode==="set"})}}),e.save(),e.strokeStyle=i.stamp,e.lineWidth=3,I(e,g.x-1,g.y-1,g.right-g.x+2,g.
bottom-g.y+2,5),e.stroke(),e.restore()}function bs({context:e,player:t,panel:s,theme:i},o,n,r,a){let{scene:c,views:l}=s,
h=c.channel[a.find(({at:w})=>w==="same").channel],u=l[h.grid],d=l[r.grid],f=ot((n-bt)/(Ut-bt)),m=n<bt&&t.stepTime>=350;T(
c,o,h,(w,y,g,b)=>{let v=Z(c,o,y,a),M=u.rect(g,b),x=d.rect(g,b),S={...M,x:M.x+(x.x-M.x)*f,y:M.y+(x.y-M.y)*f},O=m?v.map(({
value:$})=>k($,3)).join("\xB7"):void 0;u.drawCell(e,i,S,{value:it(v),text:O,alpha:f>0?.85:1})}),f===0&&A(e,u,P(c,o,h),i.
stamp,{width:2})}function vt(e,t,s,{view:i,rect:o,share:n,target:r,add:a,replaces:c}){let{theme:l}=t,{replay:h}=s,u=i.grid.
index,d=c?0:h.values[u][r.cell],f=c||h.reached[u][r.cell]===0,m=n>=ys||t.stepTime<350||f,w=a<0?"\u2212":"+",y=`${k(d,3)}${w}${k(
Math.abs(a),3)}`,g=s.scene.symbols?i.label(r.cell,t.position+1):m?void 0:y;i.drawCell(e,l,o,{value:d+a,text:g,cropped:i.
isCropped(r.row,r.col)});let b=1-ot((n-H)/(1-H));e.save(),e.globalAlpha=.28*b,e.fillStyle=l.stamp,I(e,o.x,o.y,o.width,o.
height,3),e.fill(),e.restore()}var vs=9;function Mt({context:e,player:t,panel:s,theme:i},o,n){if(!o)return;xt({context:e,player:t,panel:s,theme:i},o.terms,
{outlined:o===t.hover?.focus,fading:!0});let r=s.results[o.at]??s.result,a=o.y+(r.grid.frame?.row??0),c=o.x+(r.grid.frame?.
col??0);if(!F(r.grid,{row:a,col:c,rows:1,cols:1})||(A(e,r,{row:a,col:c,rows:1,cols:1},n,{width:2,pad:-1}),o!==t.pin))return;
let{x:l,y:h,width:u,height:d}=r.rect(a,c),f=Math.min(u,d);e.beginPath(),e.fillStyle=n,e.arc(l+u-Math.min(7,f/4),h+Math.min(
7,f/4),Math.min(3,f/8),0,2*Math.PI),e.fill()}function xt({context:e,player:t,panel:s,theme:i},o,{outlined:n=!1,fading:r=!1}){
for(let a of o){let c=!r||a.step<t.position;e.save(),e.globalAlpha=c?1:.4;let l={width:1.5,dash:c?[]:[3,3]};for(let{grid:h,
row:u,col:d}of a.cells(s.scene)){let f=s.views[h],m=Math.min(f.width,f.height),w=m>=10?-2:m>=5?-.75:.5;A(e,f,{row:u,col:d,
rows:1,cols:1},i[f.grid.role],{...l,pad:w})}e.restore()}n&&s.scene.outlines&&o.length<=vs&&Ms(e,s,i,o)}function Ms(e,t,s,i){
let{corners:o,spacing:n,tap:r}=t.scene.links,a=t.result.grid.frame;for(let{source:c}of i){let l={row:o[2*c]+a.row,col:o[2*
c+1]+a.col,rows:n[0]*(r.rows-1)+1,cols:n[1]*(r.cols-1)+1};A(e,t.result,l,s.stamp,{width:2,pad:-1})}}function jt({context:e,
player:t,panel:s,theme:i}){let{hover:o}=t;if(!o)return;let n={row:o.row,col:o.col,rows:1,cols:1};if(o.panel===s&&A(e,o.view,
n,i[o.view.grid.role],{width:1.5,pad:0}),o.source!==void 0)for(let r of s.views){let{grid:a}=r,c=a.family==="source"?a.place(
o.source):void 0,l=c===void 0?null:{row:Math.floor(c/a.cols),col:c%a.cols,rows:1,cols:1},h=a.family==="entry"?{row:0,col:o.
source,rows:a.rows,cols:1}:l;h&&A(e,r,h,i.input,{width:1.5,pad:0})}}function Gt(e,t,s){let{message:i,theme:o}=t,n=Math.floor(s),r=s-n,a=r>0?n:n-1,c=a>=0&&i.links?.clock==="target"?t.walkedTerms(
a):null;for(let l of t.panels){let h={context:e,player:t,panel:l,theme:o};for(let u of l.views)u.grid.frame&&A(e,u,u.grid.
frame,o[u.grid.role],{width:2,dash:[6,4]});Dt(e,t,l),c&&xt(h,c,{outlined:!0}),Mt(h,t.pin,o.ink),a>=0&&(xs(h,a,r),r>0&&Ss(
h,a,r),l.scene.flights.length&&r>0?l.scene.flights.forEach(u=>_t(h,a,r,u)):r===0&&Ts(h,a)),Mt(h,t.hover?.focus,o.output),
jt(h)}}function ht(e,t,s){return e[t.hue||s.grid.role]}function xs({context:e,panel:t,theme:s},i,o){let{scene:n,views:r,
replay:a}=t;for(let c of n.channels){if(c.mode!=="read"||c.quiet)continue;let l=r[c.grid],h=P(n,i,c);if(!F(l.grid,h))continue;
let u=o>0&&o<H?Math.sin(Math.PI*o/H):0;if(u>0&&c.patch===1&&Math.min(l.width,l.height)>=10){let{x:d,y:f,width:m,height:w}=l.
rect(h.row,h.col),y=h.row*l.grid.cols+h.col,g=Math.min(m,w)*.16*u;e.save(),e.shadowColor=s.soft,e.shadowBlur=10*u;let b={
x:d-g/2,y:f-g/2,width:m+g,height:w+g};l.drawCell(e,s,b,{value:a.values[c.grid][y],text:l.label?.(y)}),e.restore(),A(e,l,
h,ht(s,c,l),{width:3,pad:1+g/2})}else A(e,l,h,ht(s,c,l),{width:c.patch>1?2:3})}}function ks(e,t){return e.flights.some(({
from:s,to:i})=>t.name===s||t.name===i)}function Ss({context:e,player:t,panel:s,theme:i},o,n){let{scene:r,views:a}=s;for(let c of r.
channels){if(c.mode==="read"||ks(r,c))continue;let l=_(r).includes(c.grid),h=r.flight?0:lt/2;if(n<(l?H:h))continue;let u=a[c.
grid];T(r,o,c,(d,f,m,w)=>{let y={view:u,rect:u.rect(m,w),share:n,target:{cell:d,row:m,col:w},add:E(r,c,o,f)};l?vt(e,t,s,
{...y,replaces:c.mode==="set"}):u.drawCell(e,i,y.rect,{value:Number.isNaN(y.add)?null:y.add,text:u.label?.(d)??void 0})}),
!r.flight&&A(e,u,P(r,o,c),ht(i,c,u),{width:l?2.5:3})}}function Ts({context:e,player:t,panel:s,theme:i},o){let{scene:n,views:r}=s;
for(let a of n.channels){let c=n.flights.some(({to:u})=>a.name===u)||n.layout.board&&_(n).includes(a.grid);if(a.mode==="\
read"||n.flights.length&&!c)continue;let l=r[a.grid],h=n.flight&&!a.hue&&(a.patch>1||!n.links)?i.stamp:ht(i,a,l);A(e,l,P(
n,o,a),h,{width:a.patch>1&&!n.flight?2:3})}n.flight&&t.layout==="wide"&&!n.layout.board&&$s(e,s,i,o)}function $s(e,{scene:t,
views:s},i,o){let n=t.channel[t.flight.from],r=t.channel[t.flight.to],a=s[n.grid],c=s[r.grid],l=P(t,o,r),{row:h,col:u,rows:d,
cols:f}=P(t,o,n),m=a.rect(h+d,u),w=c.rect(l.row,l.col),y=m.x+f*a.width/2,g=m.y+8,b=c.x-10,v=Math.max(w.y+l.rows*c.height/
2,g+24);e.save(),e.strokeStyle=i.stamp,e.lineWidth=2,e.setLineDash([3,4]),e.beginPath(),e.moveTo(y,g),e.bezierCurveTo(y,
v,y+20,v,b,v),e.stroke(),e.setLineDash([]),e.beginPath(),e.moveTo(b-8,v-5),e.lineTo(b,v),e.lineTo(b-8,v+5),e.stroke(),e.
restore()}var G=8;function qt(e,t,s,i,o){let n=(i-56)/3-2,r=l=>e.results.every(h=>h.grid.index!==l.index),a=e.views.every(({grid:l})=>!r(
l)||l.cols*s[l.index].width<=n);e.root.style.width=t==="beside"?`${i}px`:"",e.factors.style.minHeight="";let c=e.views.filter(
({grid:l})=>r(l)).map(({grid:l})=>l.rows*s[l.index].height);e.factors.style.setProperty("--middle",`${Math.min(...c)/2}p\
x`);for(let l of e.views){l.resize(s[l.grid.index],o),l.canvas.style.marginTop="";let h=l.drawnCols*l.width,u=N(e.scene),
d=a?n:56,f=r(l.grid)?104:240,m={beside:r(l.grid)?62:i,narrow:r(l.grid)?d:i},w=u||e.scene.layout.board?r(l.grid)?40:150:m[t]??
f;l.figure.style.setProperty("--caption",`${Math.max(w,h)}px`)}}function Kt(e){let t=e.filter(({scene:r})=>!N(r)).map(({
factors:r})=>r),s=Math.max(...t.map(r=>r.offsetHeight));for(let r of t)r.style.minHeight=`${s}px`;let i=e.filter(({scene:r})=>!N(
r)).map(({result:r})=>r),o=({grid:r,height:a})=>(r.frame?.row??0)*a,n=Math.max(...i.map(o));for(let r of i)r.canvas.style.
marginTop=`${n-o(r)}px`}function Vt(e,t){let s=e.message.scenes[0].flight,i=s&&e.panels[0].views[e.message.scenes[0].channel[s.
from].grid];e.pinBox.style.maxWidth="";let n=(()=>{let c=e.stage.getBoundingClientRect();for(let l of e.panels.flatMap(h=>h.
views)){let h=l.canvas.getBoundingClientRect();l.x=h.left-c.left,l.y=h.top-c.top}return c})();if(i&&e.layout==="wide"&&!e.
message.scenes[0].layout.board){let c=i.x+i.canvas.clientWidth/2-24;e.pinBox.style.maxWidth=`${Math.max(220,c)}px`}let r=n.
width+2*G,a=n.height+2*G;e.overlay.style.width=`${r}px`,e.overlay.style.height=`${a}px`,e.overlay.width=Math.round(r*t),
e.overlay.height=Math.round(a*t),e.pen.setTransform(t,0,0,t,G*t,G*t)}var ut=class{constructor(t,s,i){this.grid=t,this.figure=s,this.canvas=i,this.context=i.getContext("2d"),this.texts=new Map,
this.x=0,this.y=0,this.label=void 0,this.reach=void 0}get drawnRows(){return this.grid.column?this.grid.rows*this.grid.cols:
this.grid.rows}get drawnCols(){return this.grid.column?1:this.grid.cols}resize({width:t,height:s},i){this.width=t,this.height=
s;let o=Math.min(t,s);this.gap=o>=14?2:o>=7?1:o>=6?.5:0,this.fontSize=o>=40?14:Math.max(8,Math.min(14,Math.round(t*.42),
Math.round(s*.62))),this.texts.clear();let n=this.drawnCols*t,r=this.drawnRows*s;this.canvas.style.width=`${n}px`,this.canvas.
style.height=`${r}px`,this.canvas.width=Math.round(n*i),this.canvas.height=Math.round(r*i),this.context.setTransform(i,0,
0,i,0,0),this.hatch=null}spot(t,s){let{column:i,cols:o}=this.grid,[n,r]=i?[t*o+s,0]:[t,s];return{x:r*this.width,y:n*this.
height,width:this.width,height:this.height}}rect(t,s){let i=this.spot(t,s);return{...i,x:this.x+i.x,y:this.y+i.y}}cellAt(t,s){
let i=Math.floor(s/this.height),o=Math.floor(t/this.width);if(i<0||o<0||i>=this.drawnRows||o>=this.drawnCols)return null;
let{column:n,cols:r}=this.grid;return n?{row:Math.floor(i/r),col:i%r}:{row:i,col:o}}isCropped(t,s){let i=this.grid.frame;
return i?!(t>=i.row&&t<i.row+i.rows&&s>=i.col&&s<i.col+i.cols):!1}isTinted(t,s){let{frame:i,tint:o}=this.grid;if(!o||this.
isCropped(t,s))return!1;let n=i.row+i.rows-o.rows;return t>=n||s>=i.col+i.cols-o.cols}drawAll(t,s){let{rows:i,cols:o,values:n}=this.
grid;this.context.clearRect(0,0,this.drawnCols*this.width,this.drawnRows*this.height),this.most=n?n.reduce((r,a)=>Math.max(
r,Math.abs(a)||0),0)||1:t.limit,this.isImage&&(this.context.fillStyle=t.panel,this.context.fillRect(0,0,this.drawnCols*this.
width,this.drawnRows*this.height));for(let r=0;r<i;r+=1)for(let a=0;a<o;a+=1)this.drawAt(t,s,r,a)}get isImage(){return Math.
min(this.width,this.height)<3}drawSpeck(t,s,i,o){let{index:n,cols:r,ids:a}=this.grid,c=i*r+o;if(a&&a[c]<=0||!s.reached[n][c])
return;let l=s.values[n][c],{x:h,y:u,width:d,height:f}=this.spot(i,o),m=Math.max(.4,Math.abs(l)/this.most)*(l<0?-1:1);this.
context.fillStyle=l===0?t.line:t.fill(t.limit*m).back,this.context.fillRect(h,u,Math.max(1.5,d),Math.max(1.5,f))}drawAt(t,s,i,o){
if(this.isImage){this.drawSpeck(t,s,i,o);return}let n=i*this.grid.cols+o,r=this.spot(i,o);this.context.clearRect(r.x,r.y,
r.width,r.height);let a=s.reached[this.grid.index][n]===1;if(!a&&this.grid.values&&!this.grid.frame&&!this.grid.ids)return;
let c=this.grid.ids?this.grid.ids[n]:1;this.drawCell(this.context,t,r,{value:a?s.values[this.grid.index][n]:null,text:a?
this.label?.(n)??void 0:void 0,hole:this.reach!==void 0&&this.reach[n]===0,cropped:this.isCropped(i,o)||c<0,tinted:this.
isTinted(i,o),faint:c<=0})}drawCell(t,s,i,{value:o,text:n,hole:r,cropped:a,tinted:c,faint:l,alpha:h=1}){let u=s.shade(o,
a,c),d=i.width-this.gap,f=i.height-this.gap,m=i.x+this.gap/2,w=i.y+this.gap/2;t.save(),t.globalAlpha=h,t.fillStyle=l?s.panel:
u.back,I(t,m,w,d,f,Math.min(this.width,this.height)>=20?3:1),t.fill(),a&&(t.fillStyle=this.hatching(t,s),t.fill()),r?this.
drawHole(t,s,i):o!==null&&this.drawText(t,s,i,n??o,l?s.soft:u.text),t.restore()}drawText(t,s,i,o,n){if(Math.min(i.width,
i.height+4)<17)return;let r=typeof o=="number"?this.fitNumber(t,s,o):this.fitText(t,s,o);if(!r)return;let{lines:a,size:c}=r;
t.font=`${c}px ${s.font}`,t.fillStyle=n,t.textAlign="center",t.textBaseline="middle";let l=i.y+i.height/2+.5;a.forEach((h,u)=>{
t.fillText(h,i.x+i.width/2,l+(u-(a.length-1)/2)*(c+1))})}fitNumber(t,s,i){let o=k(i,4);if(!this.texts.has(o)){let n=Math.
max(8,this.fontSize-2),r=[[4,n],[3,n],[2,8]].map(([a,c])=>this.fitText(t,s,k(i,a),c)).find(Boolean);this.texts.set(o,r??
null)}return this.texts.get(o)}fitText(t,s,i,o=8){let n=Array.isArray(i)?i:[i];for(let r of n){let a=r.split(`
`);for(let c=this.fontSize;c>=o;c-=1){t.font=`${c}px ${s.font}`;let l=Math.max(...a.map(u=>t.measureText(u).width)),h=a.
length>1&&a.length*(c+2)>this.height-this.gap-2;if(l<=this.width-this.gap-(/[a-z]/.test(r)?6:3)&&!h)return{lines:a,size:c}}}
return null}drawHole(t,s,i){let o=Math.min(i.width,i.height);o<5||(t.strokeStyle=s.soft,t.lineWidth=1,t.beginPath(),t.arc(
i.x+i.width/2,i.y+i.height/2,o*.14,0,2*Math.PI),t.stroke())}hatching(t,s){if(!this.hatch){let i=document.createElement("\
canvas");i.width=6,i.height=6;let o=i.getContext("2d");o.strokeStyle=s.soft,o.globalAlpha=.4,o.lineWidth=1,o.beginPath(),
o.moveTo(-1,7),o.lineTo(7,-1),o.moveTo(-1,1),o.lineTo(1,-1),o.moveTo(5,7),o.lineTo(7,5),o.stroke(),this.hatch=t.createPattern(
i,"repeat")}return this.hatch}};var dt=class{constructor(t){this.scene=t,this.rewind()}rewind(){this.position=0,this.values=this.scene.grids.map(t=>t.values?
Float64Array.from(t.values,s=>s||0):new Float64Array(t.rows*t.cols)),this.reached=this.scene.grids.map(t=>t.values?Uint8Array.
from(t.values,s=>Number.isNaN(s)?0:1):new Uint8Array(t.rows*t.cols))}seek(t){for(t<this.position&&this.rewind();this.position<
t;)this.apply(this.position)}apply(t){for(let s of this.scene.channels){if(s.mode==="read")continue;let i=this.values[s.
grid],o=this.reached[s.grid];T(this.scene,t,s,(n,r)=>{let a=E(this.scene,s,t,r);i[n]=s.mode==="add"?i[n]+a:a,o[n]=Number.
isNaN(a)?0:1})}this.position=t+1}};function Jt(e,t){let s=e.grids[t],i=new Uint16Array(s.rows*s.cols);for(let o of e.channels)
if(!(o.mode==="read"||o.grid!==t))for(let n=0;n<e.steps;n+=1)T(e,n,o,r=>{i[r]+=1});return i}function Yt(e){let{pin:t,message:s,position:i}=e;if(!t)return[p("p",{class:"hint"},s.scenes[0].hint)];let{grid:o}=e.panels[0].
results[t.at]??e.result,n=J(s.scenes[0],o,t.y+(o.frame?.row??0),t.x+(o.frame?.col??0)),r=p("p",{},p("b",{},`Pinned ${n}`));
if(t.terms.length===0)return[r,p("p",{},`${n} = 0: no stamp reaches this cell.`)];let a=p("small",{}),c=p("span",{},"= "),
l=p("span",{},"= "),h=0,u=0;t.terms.forEach(({step:g,value:b,factors:v},M)=>{let x=g>=i;x||(h+=b),u+=b,a.append(M?" + ":
`${n} = `,...kt(v,$=>$.name));let S=x?{class:"later"}:{},O=$=>$.value<0?`(${k($.value)})`:k($.value);c.append(M?" + ":"",
p("span",S,...kt(v,O))),l.append(M?" + ":"",p("span",S,...kt(v,$=>$.letter??"")))}),c.append(" = ",p("b",{class:"total"},
k(u)));let f=t.terms.every(({step:g})=>g<i)?"":`${k(h)} so far: the faded terms have not landed yet.`,m=s.symbols?[p("p",
{class:"sum letters"},l)]:[],w=s.symbols?p("small",{},f):p("p",{},a),y=s.symbols?[]:[p("small",{},f)];return[r,...m,p("p",
{class:"sum"},c),w,...y]}function kt(e,t){return e.flatMap((s,i)=>[i?"\xB7":"",p("span",{class:`term-${s.role}`},t(s))])}
function Xt(e,t,s,i,o){let{scene:n}=t,{grid:r}=s;if(r.family==="product"){let u=t.replay.position-1;return u<0||!n.flight?
null:ct(n,u,i)}if(r.family!=="target")return tt(n,r,i);let a=Math.floor(i/r.cols)-(r.frame?.row??0),c=i%r.cols-(r.frame?.
col??0),l=V(e.message,a,c).filter(({step:u})=>u<o);if(l.length===0)return null;let h=l.map(({factors:u})=>u.map(({letter:d})=>d).
join("\xB7"));return[h.join(" + "),h.join(`
+`),`\u03A3${h.length}`]}function Qt(e,t){let s=n=>t<0?n.opening:st(n,t,n.captions[n.captionIndex[t]]),i=p("b",{},t<0?"R\
eady. ":`Step ${t+1} of ${e.steps}. `);if(e.scenes.length===1)return[i,s(e.scenes[0])];if(t<0)return[i,"Press play: each\
 reading fills its output in its own way, and all hold the same numbers at every step."];let o=e.scenes.map((n,r)=>p("sp\
an",r?{class:"line"}:{},p("b",{},`${n.title}: `),s(n)));return[i,...o]}var St=class{constructor(t,s){this.player=t,this.views=[];let i=s.grids.map(l=>this.buildGrid(l)),{board:o}=s.layout;this.
factors=p("div",{class:o?"factors board":"factors"}),o&&(this.factors.style.gridTemplateColumns=`repeat(${o.rows[0].length}\
, auto)`);for(let l of o?o.rows.flat():s.layout.factors)this.factors.append(typeof l=="number"?i[l]:p("span",{class:"ope\
rator","aria-hidden":"true"},l));this.result=this.views[s.layout.result],this.results=_(s).map(l=>this.views[l]),this.legend=
p("ul",{class:"legend"});let n=o?p("div",{class:"results"},...this.results.map(({figure:l})=>l)):this.result.figure;n.classList.
add("result"),n.append(this.legend),this.output=n,this.left=p("div",{class:"left"},this.factors);let r=p("p",{class:"rea\
ding"},p("b",{},s.title)," ",p("span",{},s.lead)),a=p("span",{class:"operator arrow","aria-hidden":"true"},s.arrow),c=p(
"div",{class:"body"},this.left,a,n);this.root=p("section",{class:["panel",s.name,N(s)&&"table",j(s)&&"tower",o&&"boarded"].
filter(Boolean).join(" "),"aria-label":s.title},r,c),this.take(s)}take(t){this.scene=t,this.replay=new dt(t);let s=t.symbols&&
t.links;for(let o of this.views)o.grid=t.grids[o.grid.index],o.label=s?(n,r=Math.floor(this.player.position))=>Xt(this.player,
this,o,n,r):void 0;this.turning=this.views.find(o=>o.grid.turns);for(let o of this.results)o.reach=Jt(t,o.grid.index);t.
links?.clock==="target"&&(this.result.reach=As(t,this.result.grid));let i=t.legend.map(({mark:o,text:n})=>p("li",{},p("s\
pan",{class:`swatch ${o}`}),n));this.legend.replaceChildren(...i)}buildGrid(t){let s=p("canvas",{role:"img"}),i=p("figur\
e",{class:`grid ${t.role}`},p("figcaption",{},p("b"),p("span")),s),o=new ut(t,i,s);this.views[t.index]=o,t.turns&&i.append(
this.buildFlip());let{player:n}=this,r=a=>{let c=s.getBoundingClientRect(),l=o.cellAt(a.clientX-c.left,a.clientY-c.top);
return l&&{panel:this,view:o,...l}};return s.addEventListener("pointermove",a=>n.setHover(r(a))),s.addEventListener("poi\
nterleave",()=>n.setHover(null)),t.action&&(i.classList.add("live"),s.tabIndex=0,s.addEventListener("blur",()=>n.setHover(
null)),s.addEventListener("click",a=>n.choose(r(a))),s.addEventListener("keydown",a=>n.moveInGrid(a,this,o))),i}buildFlip(){
let t=p("button",{type:"button",class:"flip",title:"Watch the kernel turn by 180\xB0"},Q("loop"),"turn again");return t.
addEventListener("click",()=>this.player.turning.replay()),t}describe(t,s){for(let i of this.views){let{grid:o}=i,[n,r]=i.
figure.querySelectorAll("figcaption > *"),a=o.turns?!s:t<0;n.textContent=a?o.idle??o.title:st(this.scene,Math.max(t,0),o.
title),r.textContent=a&&o.idle?"":st(this.scene,Math.max(t,0),o.subtitle),i.canvas.setAttribute("aria-label",`${n.textContent}\
, ${o.rows} \xD7 ${o.cols}. ${o.hint??""}`.trim())}}draw(t,s){let i=s===this.drawn+1;if(this.replay.seek(s),this.drawn=s,
!i){for(let o of this.views)(o.fresh!==t||this.isWritten(o))&&o.drawAll(t,this.replay),o.fresh=t;return}for(let o of this.
scene.channels){if(o.mode==="read")continue;let n=this.views[o.grid];T(this.scene,s-1,o,(r,a,c,l)=>n.drawAt(t,this.replay,
c,l))}}isWritten(t){return this.scene.channels.some(s=>s.mode!=="read"&&s.grid===t.grid.index)}};function As(e,t){let s=new Uint16Array(
t.rows*t.cols),{corners:i,spacing:o,source:n,tap:r}=e.links;return n.values.forEach((a,c)=>{let l={fixed:!0,corners:[i[2*
c],i[2*c+1]],rowStep:o[0],colStep:o[1]},h=t.frame?[t.frame.row,t.frame.col]:[0,0];l.corners=[l.corners[0]+h[0],l.corners[1]+
h[1]],T(e,0,{...l,grid:t.index,rows:r.rows,cols:r.cols},u=>s[u]+=1)}),s}function Zt(e){let t=e.grids.find(r=>r.turns);if(!t)
return e;let s={...t,index:e.grids.length,values:t.values.slice().reverse(),ids:t.ids.slice().reverse(),place:r=>r,title:t.
idle,subtitle:"w",idle:null,turns:!1},i=e.layout.factors.flatMap(r=>r===t.index?[s.index,"\u21BB",r]:[r]),o={...t,idle:null,
turns:!1},n=[...e.grids.map(r=>r===t?o:r),s];return{...e,grids:n,layout:{...e.layout,factors:i}}}function ts(e){let{scenes:t}=e.
message,s=t.map(r=>[r.name,r.title,r.lead,r.layout,r.grids.map(({role:a,action:c,column:l,turns:h})=>[a,c,l,h])]),i=JSON.
stringify(s);if(i===e.plan){e.panels.forEach((r,a)=>r.take(t[a]));return}e.plan=i,e.resizing.disconnect(),e.panels=t.map(
r=>new St(e,r)),e.pinBox=p("div",{class:"pin",role:"status"}),e.overlay=p("canvas",{class:"overlay","aria-hidden":"true"}),
e.pen=e.overlay.getContext("2d");let o=p("div",{class:"panels"},...e.panels.map(({root:r})=>r));e.stage=p("div",{class:"\
stage"},o,e.overlay);let n=t.length===1&&!N(t[0]);n?e.panels[0].left.append(e.pinBox):o.after(e.pinBox),e.root.classList.
toggle("single",t.length===1),e.root.classList.toggle("tabled",t.length===1&&!n),e.caption=p("p",{class:"caption","aria-\
live":"polite"}),e.root.replaceChildren(e.stage,e.caption,e.transport.root),e.message.loop&&Bt(e),e.resizing.observe(e.root)}var ft=class{constructor(t,s){let i=getComputedStyle(t),o=n=>i.getPropertyValue(`--${n}`).trim();this.page=o("page"),this.
panel=o("panel"),this.ink=o("ink"),this.soft=o("soft"),this.line=o("line"),this.input=o("input"),this.kernel=o("kernel"),
this.stamp=o("stamp"),this.output=o("output"),this.positive=o("positive"),this.negative=o("negative"),this.black=o("blac\
k"),this.white=o("white"),this.font=i.fontFamily,this.limit=s,this.blank=Tt(this.panel,this.line,.35),this.fills=new Map}fill(t){
let s=Math.min(1,Math.abs(t)/this.limit)**.6,i=Math.round(s*48)*(t<0?-1:1);if(!this.fills.has(i)){let o=t<0?this.negative:
this.positive,n=Tt(this.page,o,.85*Math.abs(i)/48);this.fills.set(i,{back:n,text:this.readable(n)})}return this.fills.get(
i)}shade(t,s,i){let o=t===null?{back:this.blank,text:this.soft}:this.fill(t);if(!s&&!i)return o;let n=`${o.back}${s}`;if(!this.
fills.has(n)){let[r,a]=s?[this.page,.5]:[this.output,.22],c=Tt(o.back,r,a),l=s&&X(this.soft,c)>=4.5;this.fills.set(n,{back:c,
text:l?this.soft:this.readable(c)})}return this.fills.get(n)}readable(t){let s=(o,n)=>X(o,t)>=X(n,t)?o:n,i=s(this.ink,this.
page);return X(i,t)>=4.5?i:s(this.black,this.white)}};function $t(e){return[1,3,5].map(t=>Number.parseInt(e.slice(t,t+2),
16))}function Tt(e,t,s){let i=$t(t);return`#${$t(e).map((n,r)=>Math.round(n+(i[r]-n)*s)).map(n=>n.toString(16).padStart(
2,"0")).join("")}`}function X(e,t){let s=[e,t].map(i=>{let[o,n,r]=$t(i).map(a=>{let c=a/255;return c<=.04045?c/12.92:((c+
.055)/1.055)**2.4});return .2126*o+.7152*n+.0722*r});return(Math.max(...s)+.05)/(Math.min(...s)+.05)}var Os=[.5,1,2,4,8],Ls="input, textarea, select, button, a, summary, canvas, [contenteditable=true]",mt=class{constructor(t){
this.player=t;let s=(u,d,f)=>{let m=p("button",{type:"button","aria-label":d,title:d,class:u},Q(u));return m.addEventListener(
"click",f),m};this.buttons={first:s("first","First step (Home)",()=>t.goTo(0)),back:s("back","Step back (\u2190)",()=>t.
stepBy(-1)),play:s("play","Play (space)",()=>t.toggle()),next:s("next","Step forward (\u2192)",()=>t.stepBy(1)),last:s("\
last","Last step (End)",()=>t.goTo(t.steps)),loop:s("loop","Loop",()=>this.setLoop(!t.loop))},this.scrub=p("input",{type:"\
range",min:"0",step:"1","aria-label":"Step"}),this.scrub.addEventListener("input",()=>t.goTo(Number(this.scrub.value)));
let i=Os.map(u=>p("option",{value:String(u)},`${k(u)}\xD7`)),o=p("select",{"aria-label":"Speed",title:"Speed"},...i);o.value=
"1",o.addEventListener("change",()=>{t.speed=Number(o.value)});let{first:n,back:r,play:a,next:c,last:l,loop:h}=this.buttons;
this.root=p("div",{class:"transport",role:"toolbar","aria-label":"Transport"}),this.root.append(n,r,a,c,l,this.scrub,o,h),
this.setLoop(!1)}setLoop(t){this.player.loop=t,this.buttons.loop.setAttribute("aria-pressed",String(t))}describe(){let{buttons:t,
scrub:s}=this,{position:i,steps:o,playing:n}=this.player,r=Math.floor(i);s.max=String(o),s.value=String(r),s.style.setProperty(
"--at",String(r/o)),s.setAttribute("aria-valuetext",`step ${r} of ${o}`),t.first.disabled=t.back.disabled=i<=0,t.next.disabled=
t.last.disabled=i>=o,t.play.replaceChildren(Q(n?"pause":"play"));let a=n?"Pause (space)":"Play (space)";t.play.setAttribute(
"aria-label",a),t.play.title=a}handleKey(t){let{player:s}=this;if(s.message?.loop)return;let i=t.composedPath().includes(
s.root),o=t.composedPath()[0],n=t.defaultPrevented&&!t.forPlayers;if(t.ctrlKey||t.metaKey||t.altKey||n||!i&&o.closest?.(
Ls)||i&&(o.tagName==="INPUT"||o.tagName==="SELECT"))return;let a={" ":()=>s.toggle(),ArrowLeft:()=>s.stepBy(-1),ArrowRight:()=>s.
stepBy(1),Home:()=>s.goTo(0),End:()=>s.goTo(s.steps)}[t.key];!a||t.key===" "&&o.tagName==="BUTTON"||(t.preventDefault(),
t.forPlayers=!0,a())}};var pt=class extends nt{constructor(t){super(),this.panels=[],this.overlay=void 0,this.pen=void 0,this.caption=void 0,this.
pinBox=void 0,this.root=p("div",{class:"player",role:"group","aria-label":"Animation player"}),t.append(this.root),this.
transport=new mt(this),this.turning=new at(this),this.cells=new rt(this),this.resizing=new ResizeObserver(()=>this.arrange()),
this.onKey=s=>this.transport.handleKey(s),document.addEventListener("keydown",this.onKey)}destroy(){cancelAnimationFrame(
this.frame),cancelAnimationFrame(this.turning.frame),clearTimeout(this.reporting),this.resizing.disconnect(),document.removeEventListener(
"keydown",this.onKey),this.root.remove()}get result(){return this.panels[0].result}get pin(){return this.cells.pin}get hover(){
return this.cells.hover}load(t,s){if(this.report=s,!this.sameMessage(t)){let i=!this.message,o=i?0:this.position/this.steps;
this.bytes=t,this.message=Ht(t),this.reduced.matches&&(this.message.scenes=this.message.scenes.map(Zt));let{steps:n,start:r}=this.
message,a=r>0?Math.min(r-1,n):Math.ceil(n/2);this.untouched=i?r===0:this.untouched,this.position=i||this.untouched?a:Math.
round(o*n),this.playing&&(this.position=this.clock=Math.floor(this.position)),ts(this),this.cells.load(i),this.turning.settle(),
this.describe()}this.arrange(),this.message.loop&&this.untouched&&!this.reduced.matches&&this.play()}sameMessage(t){return!this.
bytes||this.bytes.length!==t.length?!1:t.every((s,i)=>i<4||s===this.bytes[i])}applyTheme(){let t=getComputedStyle(this.root).
getPropertyValue("--st-background-color").trim(),s=/^#[0-9a-f]{6}$/i.test(t)&&X(t,"#ffffff")>4.5;this.root.dataset.theme=
s?"dark":"light",this.theme=new ft(this.root,this.message.limit)}arrange(){let t=this.root.clientWidth;if(!t||!this.message)
return;this.applyTheme();let s=window.devicePixelRatio||1,i=Ft(this.message,t,s);this.layout=i.layout;for(let o of["wide",
"stacked","over","narrow","beside"])this.root.classList.toggle(o,i.layout===o);this.panels[0].output.style.setProperty("\
--across",i.across??1),this.panels.forEach((o,n)=>qt(o,i.layout,i.sizes[n],i.widths[n],s)),i.layout==="beside"&&Kt(this.
panels),Vt(this,s),this.redraw()}redraw(){this.drawn=Math.floor(this.position);for(let t of this.panels)t.drawn=void 0,t.
draw(this.theme,this.drawn);this.draw()}draw(){let t=Math.floor(this.position);if(t!==this.drawn){for(let s of this.panels)
s.draw(this.theme,t);this.drawn=t,this.describe()}else this.described!==this.shownStep()&&this.describe();this.pen.clearRect(
-G,-G,this.overlay.width,this.overlay.height),Gt(this.pen,this,this.position)}shownStep(){let t=Math.floor(this.position);
return this.position>t?t:t-1}walkedTerms(t){if(this.walked?.step!==t||this.walked.message!==this.message){let[,s]=this.message.
links.target,i=V(this.message,Math.floor(t/s),t%s);this.walked={step:t,message:this.message,terms:i}}return this.walked.
terms}describe(){let t=this.shownStep();this.described=t;for(let s of this.panels)s.describe(t,!this.turning.due);this.caption.
setAttribute("aria-live",this.playing?"off":"polite"),this.caption.replaceChildren(...Qt(this.message,t)),this.pinBox.replaceChildren(
...Yt(this)),this.transport.describe(),this.root.dataset.step=String(Math.floor(this.position)),this.root.dataset.playing=
String(this.playing),this.root.dataset.turn=this.turning.state}setHover(t){this.cells.setHover(t)}choose(t){this.cells.choose(
t)}moveInGrid(t,s,i){this.cells.move(t,s,i)}};var q=new WeakMap;function Yo({data:e,parentElement:t,setStateValue:s}){try{q.has(t)||q.set(t,new pt(t)),q.get(t).load(e,
i=>s("view",i))}catch(i){q.get(t)?.destroy(),q.delete(t);let o=`The player could not read its data (${i.message}). Reloa\
d the page to try again.`;t.querySelector(".failure")?.remove();let n=p("p",{class:"player failure",role:"alert","data-t\
heme":"light"},o);t.append(n)}return()=>{q.get(t)?.destroy(),q.delete(t)}}export{Yo as default};
