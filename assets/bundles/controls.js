function mt(n){return[1,3,5].map(t=>Number.parseInt(n.slice(t,t+2),16))}function Y(n,t){let e=[n,t].map(s=>{let[i,r,a]=mt(s).map(h=>{let l=h/255;return l<=.04045?l/12.92:((l+.055)/1.055)**2.4});
return .2126*i+.7152*r+.0722*a});return(Math.max(...e)+.05)/(Math.min(...e)+.05)}function o(n,t={},...e){let s=document.createElement(n);for(let[i,r]of Object.entries(t))s.setAttribute(i,r);return s.append(
...e),s}var gt={undo:"M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",reset:"M5 12a7.5 7.5 0 1 0 3-6M5 3v5h5",link:"M10 8H7a4 4 0 0 0 0 \
8h3M14 8h3a4 4 0 0 1 0 8h-3M8.5 12h7",apart:"M10 8H7a4 4 0 0 0 0 8h3M14 8h3a4 4 0 0 1 0 8h-3",close:"M6 6l12 12M18 6L6 1\
8",change:"M4 7h9M19 7h1M4 17h1M11 17h9M16 4.5v5M8 14.5v5",edit:"M5 19l1-4L16.5 4.5l3 3L9 18l-4 1zM14 7l3 3",down:"M6 9l\
6 6 6-6"};function d(n){let t=document.createElementNS("http://www.w3.org/2000/svg","svg");t.setAttribute("viewBox","0 0\
 24 24"),t.setAttribute("aria-hidden","true");let e=document.createElementNS("http://www.w3.org/2000/svg","path");return e.
setAttribute("d",gt[n]),t.append(e),t}function u(n,t,...e){let s=o("button",{type:"button",...n},...e);return s.addEventListener(
"click",t),s}function k(n,t,e){let s=o("select",n,...t.map(([i,r])=>o("option",{value:i},r)));return s.addEventListener(
"change",()=>e(s.value)),s}function f(n,t){n.getRootNode().activeElement===n&&n.value!==n.dataset.said||n.value===t||(n.
value=n.dataset.said=t)}var E=class{constructor(t,e){let s=i=>o("span",{},i);this.undo=u({"aria-label":"Undo"},t,d("undo"),s("Undo")),this.reset=
u({"aria-label":"Reset"},e,d("reset"),s("Reset")),this.root=o("div",{class:"foot"},this.undo,this.reset)}show(t,e){this.
undo.disabled=!t,this.reset.disabled=!e,this.undo.title=t?"Undo the last change":"Nothing to undo",this.reset.title=e?"B\
ack to how it begins":"Nothing to reset"}};function x(n,{label:t,low:e,high:s}){let i=n.trim().replace("\u2212","-").replace(",",".");if(!/^[+-]?(\d+\.?\d*|\.\d+)$/.
test(i)){let l=i?`\u201C${I(n.trim())}\u201D`:"An empty field";return{value:void 0,note:`${t}: ${l} is no number, so it \
stays as it was.`}}let r=Number(i),a=Math.min(s,Math.max(e,Math.round(r))),h=a===r?"":`${t} goes from ${e} to ${s} in wh\
ole numbers: set to ${a}.`;return{value:a,note:h}}function I(n){return n.length>12?`${n.slice(0,11)}\u2026`:n}function X(n,t,e,s){
return{text:e-n.at<700&&n.text.length<String(s).length?n.text+t:t,at:e}}function _(n,t,{low:e,high:s}){let i={PageUp:t+3,
PageDown:t-3,Home:e,End:s}[n];return i===void 0?void 0:Math.min(s,Math.max(e,i))}function Q(n,t){return t?String(n):`${n}\
, rows and columns`}function V(n,{left:t,width:e},s,{low:i,high:r}){let a=(n-t-s/2)/Math.max(1,e-s);return i+Math.round(
Math.min(1,Math.max(0,a))*(r-i))}function q(n,{low:t,high:e}){return e>t?(n-t)/(e-t):0}var Z=/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i,wt=/^[\w.]*\(\s*(\[.*\])[^[\]]*\)$/s,bt=1e6,J=4e3;function z(n){let t=n.trim().
replace("\u2212","-").replace(",",".");if(!(!Z.test(t)||Math.abs(Number(t))>bt))return String(Number(t))}function U(n,t){
let e=n.trim()?`\u201C${I(n.trim())}\u201D`:"an empty cell";return Z.test(n.trim().replace("\u2212","-"))?`${t}: ${e} is\
 too large; use at most 1,000,000.`:`${t}: ${e} is not a finite number; type one such as 1.5.`}function yt(n){return(wt.
exec(n.trim())?.[1]??n).split(/[;\n]|\]\s*,|\](?=\s*\[)/).map(s=>s.replace(/^[[\]\s,]+|[[\]\s,]+$/g,"")).filter(Boolean).
map(s=>s.split(/[\s,]+/))}function xt(n,t,e){if(n.length>J)return`The text has ${n.length} characters: use at most ${J}.`;
if(n.includes("..."))return"The dots stand for numbers left out: write the grid in full.";if(!t.length)return"There is n\
o number: write rows like 1 2; 3 4.";let s=t.map(a=>a.length),[i,r]=[Math.min(...s),Math.max(...s)];return i<r?`The rows\
 have ${i} to ${r} cells: give every row the same number.`:Math.max(t.length,r)>e?`${t.length} \xD7 ${r} cells are too m\
any: use at most ${e} a side.`:""}function M(n,t){let e=yt(n),s=xt(n,e,t);if(s)return{cells:void 0,note:s};let i=e.map(r=>r.
map(z));for(let[r,a]of i.entries()){let h=a.indexOf(void 0);if(h>=0)return{cells:void 0,note:U(e[r][h],`Row ${r}, column\
 ${h}`)}}return{cells:i,note:""}}function w(n){return n.map(t=>t.join(" ")).join("; ")}function tt(n){let t=Number(n);return Number.
isInteger(t)?n:String(Number(t.toPrecision(Math.max(Math.abs(t)<.01?2:3,String(Math.trunc(Math.abs(t))).length+1))))}function vt(n,[
t,e]){return Array.from({length:t},(s,i)=>Array.from({length:e},(r,a)=>n[i]?.[a]??"0"))}function et(n,t){return vt(M(n,1/0).
cells??[],t)}function st(n,t,e,s){let i=M(s,1/0);if(!i.cells)return{cells:void 0,note:i.note};let r=n.map((h,l)=>h.map((g,c)=>i.
cells[l-t]?.[c-e]??g)),a=t+i.cells.length>n.length||e+i.cells[0].length>n[0].length;return{cells:r,note:a?"Only the cell\
s that fit this grid were pasted.":""}}var kt={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1],Enter:[1,0]},S=class{constructor(t,e){this.label=
t,this.listener=e,this.fields=[],this.cells=[],this.at=[0,0],this.root=o("div",{class:"cells",role:"group","aria-label":`${t}\
, cell by cell`})}show(t){this.cells=t,(this.fields.length!==t.length||this.fields[0].length!==t[0].length)&&this.raise(
t);for(let[e,s]of t.entries())for(let[i,r]of s.entries())this.write(this.fields[e][i],r)}write(t,e){f(t,t.matches(":focu\
s")?e:tt(e))}raise(t){this.fields=t.map((e,s)=>e.map((i,r)=>this.field(s,r))),this.root.style.setProperty("--across",String(
t[0].length)),this.root.replaceChildren(...this.fields.flat()),this.at=[0,0],this.fields[0][0].tabIndex=0}field(t,e){let i={
"aria-label":`${this.label}, row ${t}, column ${e}`,inputmode:"text",autocomplete:"off",tabindex:"-1"},r=o("input",i);return r.
addEventListener("focus",()=>this.enter(r,t,e)),r.addEventListener("blur",()=>this.write(r,this.cells[t]?.[e]??"")),r.addEventListener(
"change",()=>this.read(r,t,e)),r.addEventListener("keydown",a=>this.press(a,r,t,e)),r.addEventListener("paste",a=>this.paste(
a,t,e)),r}focus(){this.fields[this.at[0]][this.at[1]].focus()}enter(t,e,s){this.fields[this.at[0]]?.[this.at[1]]?.setAttribute(
"tabindex","-1"),this.at=[e,s],t.tabIndex=0,t.value=t.dataset.said=this.cells[e][s],t.select()}read(t,e,s){if(t.value===
t.dataset.said)return;let i=z(t.value);i===void 0&&this.listener.say(U(t.value,`${this.label}, row ${e}, column ${s}`)),
t.value=t.dataset.said=i??this.cells[e][s],!(i===void 0||i===this.cells[e][s])&&this.listener.accept(this.cells.with(e,this.
cells[e].with(s,i)))}press(t,e,s,i){let r=kt[t.key];!r||t.ctrlKey||t.metaKey||t.altKey||t.shiftKey||r[1]&&!Et(e,r[1])||(t.
preventDefault(),this.read(e,s,i),this.fields[s+r[0]]?.[i+r[1]]?.focus())}paste(t,e,s){let i=t.clipboardData.getData("te\
xt");if(!/[\s;,[]/.test(i.trim()))return;t.preventDefault();let{cells:r,note:a}=st(this.cells,e,s,i),h=this.fields[e][s];
h.value=h.dataset.said=r?.[e][s]??this.cells[e][s],r&&this.listener.accept(r),a&&this.listener.say(a)}};function Et(n,t){
let{selectionStart:e,selectionEnd:s,value:i}=n;return e===0&&s===i.length?!0:e===s&&e===(t<0?0:i.length)}var m="custom",it="random",nt=["crop","output_padding_written"];function H(n,{low:t,high:e,default:s}){if(n===void 0||!/^\d+$/.
test(n))return s;let i=Number(n);return i>=t&&i<=e?i:s}function b(n,t){let e=n.linked==="false",s={numbers:{},apart:e,kinds:{},
texts:{},seed:H(n.seed,t.seed),extras:{}};for(let i of t.settings){let r=H(n[i.name],i);s.numbers[i.name]=[r,e?H(n[i.name+
t.cols],i):r]}for(let{key:i,text:r,options:a,default:h}of t.grids)s.kinds[i]=a.includes(n[i])?n[i]:h,s.texts[i]=s.kinds[i]===
m?n[r]??"":"";for(let i of nt)n[i]&&(s.extras[i]=n[i]);return s}function Mt({numbers:n,extras:t}){let e=(t.crop??"").split(
" ");return e.length===4&&e.slice(0,2).join()!==e.slice(2).join()||Object.values(n).some(([i,r])=>i!==r)}function y(n,t){
let e={},s=(i,r,a)=>{r!==a&&(e[i]=String(r))};for(let{name:i,default:r}of t.settings)s(i,n.numbers[i][0],r);if(Mt(n)){for(let i of t.
settings)s(i.name+t.cols,n.numbers[i.name][1],i.default);e.linked="false"}for(let{key:i,default:r}of t.grids)s(i,n.kinds[i],
r);s("seed",n.seed,t.seed.default);for(let{key:i,text:r}of t.grids)n.kinds[i]===m&&s(r,n.texts[i],"");return{...e,...n.extras}}
function p(n,t){let e=Object.keys(n);return e.length===Object.keys(t).length&&e.every(s=>n[s]===t[s])}function rt(n,t){return t.
presets.find(e=>p(e.words,n))}function ot(n){return[...n.settings.flatMap(({name:e})=>[e,e+n.cols]),"linked",...n.grids.
flatMap(({key:e,text:s})=>[e,s]),"seed",...nt]}var at=n=>new URLSearchParams(n);function R(n,t){let e=at(n),s=ot(t).filter(
i=>e.has(i));return y(b(Object.fromEntries(s.map(i=>[i,e.get(i)])),t),t)}function F(n,t,e){let s=at(n);for(let i of ot(e))
s.delete(i);for(let[i,r]of Object.entries(t))s.set(i,r);return s.toString()}function ht(n,t,e,s){let i=n.apart?n.numbers[t].
with(e,s):[s,s];return{...n,numbers:{...n.numbers,[t]:i},extras:{}}}function lt(n,t){let e=Object.entries(n.numbers).map(
([s,[i,r]])=>[s,[i,t?r:i]]);return{...n,apart:t,numbers:Object.fromEntries(e),extras:t?n.extras:{}}}function L(n,t,e,s=""){
return{...n,kinds:{...n.kinds,[t]:e},texts:{...n.texts,[t]:s}}}function ct(n,t,e,[s,i]){let r=n.apart||s!==i,a={...n.numbers,
[t.size]:[s,i]};return L({...n,apart:r,numbers:a,extras:{}},t.key,m,e)}var St={input:"input",weights:"kernel"},$=class{constructor(t,e){this.grid=t,this.controls=e;let s=t.options.map(c=>[c,c]);
this.select=k({"aria-label":t.label},s,c=>this.choose(c));let i=`Edit cells: ${t.label.toLowerCase()}`,r={class:"tool","\
aria-label":i,title:i,"aria-expanded":"false"};this.edit=u(r,()=>this.open(this.editor.hidden),d("edit")),this.table=new S(
t.label,{accept:c=>this.write(w(c)),say:c=>e.say(c)}),this.text=o("textarea",{rows:"2","aria-label":`${t.label} cells`,spellcheck:"\
false"}),this.text.addEventListener("change",()=>this.read()),this.text.addEventListener("keydown",c=>this.press(c));let a=o(
"p",{class:"note"},"Rows end with ; or a new line. A pasted grid sets the size.");this.editor=o("div",{class:"editor"},this.
table.root,this.text,a),this.editor.hidden=!0;let h=o("span",{class:"name","aria-hidden":"true"},t.label),l=o("label",{class:"\
box"},h,this.select,d("down")),g=o("div",{class:"line"},l,this.edit);this.root=o("div",{class:`grid ${St[t.key]??""}`},g,
this.editor),this.editor.addEventListener("keydown",c=>this.leave(c))}open(t){this.editor.hidden=!t,this.edit.setAttribute(
"aria-expanded",String(t)),t&&this.table.focus()}leave(t){t.key==="Escape"&&(t.stopPropagation(),this.open(!1),this.edit.
focus())}get cells(){let{numbers:t,kinds:e,texts:s}=this.controls.state,i=e[this.grid.key]===m?s[this.grid.key]:this.grid.
cells;return et(i,t[this.grid.size])}choose(t){let e=t===m?w(this.cells):"";this.controls.change(s=>L(s,this.grid.key,t,
e))}write(t){this.controls.change(e=>L(e,this.grid.key,m,t))}read(){let{cells:t,note:e}=M(this.text.value,this.grid.most),
s=t?w(t):w(this.cells);this.text.value=this.text.dataset.said=s,t?this.controls.change(i=>ct(i,this.grid,s,[t.length,t[0].
length])):this.controls.say(e)}press(t){t.key!=="Enter"||t.shiftKey||(t.preventDefault(),this.text.value!==this.text.dataset.
said&&this.read())}show(t,e){this.grid=e,this.select.value=t.kinds[e.key];let{cells:s}=this;this.table.show(s),f(this.text,
w(s))}};var G="Own settings",A=class{constructor(t,e){this.data=t;let s=[[G,G],...t.presets.map(({label:a})=>[a,a])];this.select=
k({"aria-label":"Preset"},s,a=>this.choose(a,e)),this.own=this.select.firstChild,this.own.disabled=!0;let i=o("span",{class:"\
name","aria-hidden":"true"},"Preset");this.note=o("p",{class:"note"});let r=o("label",{class:"box"},this.select,d("down"));
this.root=o("div",{class:"preset"},i,r,this.note)}choose(t,e){let s=this.data.presets.find(i=>i.label===t);s&&e(s.words)}show(t){
let e=rt(t,this.data);this.select.value=e?.label??G,this.own.hidden=!!e,this.note.textContent=e?`Notice: ${e.note}`:"Not\
ice: no preset has these numbers."}};var N=class{constructor(t){this.controls=t,this.field=o("input",{class:"number",type:"number",step:"1","aria-label":"See\
d"}),this.field.addEventListener("change",()=>this.read());let e=o("span",{class:"name","aria-hidden":"true"},"Seed");this.
root=o("label",{class:"seed"},e,this.field)}read(){let{controls:t,field:e}=this,{value:s,note:i}=x(e.value,{label:"Seed",
...t.data.seed});e.value=e.dataset.said=String(s??t.state.seed),s!==void 0&&t.change(r=>({...r,seed:s})),i&&t.say(i)}show({
kinds:t,seed:e},{low:s,high:i}){this.field.min=String(s),this.field.max=String(i),this.root.hidden=!Object.values(t).includes(
it),f(this.field,String(e))}};function dt(n,t){let[e,s]=[Math.abs(n),Math.abs(t)];return e>=s+8?"slide":s>e+8?"scroll":"wait"}function ut(n,t){return Math.
hypot(n,t)<=8}function pt(n,t){return Math.abs(t)<=8?!n:t<0}var Lt=16,T=class{constructor(t){this.slider=t,this.held=void 0;let{track:e}=t;e.addEventListener("mousedown",s=>s.preventDefault()),
e.addEventListener("pointerdown",s=>this.begin(s)),e.addEventListener("pointermove",s=>this.move(s)),e.addEventListener(
"pointerup",s=>this.end(s)),e.addEventListener("pointercancel",()=>this.cancel()),this.onKey=s=>{s.key!=="Escape"||!this.
held||(s.preventDefault(),s.stopPropagation(),this.cancel())},window.addEventListener("keydown",this.onKey,!0)}begin(t){
if(t.button!==0||this.held)return;let e=t.pointerType==="mouse";this.held={id:t.pointerId,x:t.clientX,y:t.clientY,sliding:!1},
e&&this.slide(t)}slide(t){let{slider:e,held:s}=this;s.sliding||(s.sliding=!0,e.stopTyping(),e.track.setPointerCapture(t.
pointerId),e.range.focus({preventScroll:!0}));let i=e.range.getBoundingClientRect(),r=V(t.clientX,i,Lt,e.setting);r!==e.
value&&e.moveTo(r)}move(t){let{held:e}=this;if(e?.id!==t.pointerId)return;let s=e.sliding?"slide":dt(t.clientX-e.x,t.clientY-
e.y);s==="slide"&&this.slide(t),s==="scroll"&&(this.held=void 0)}end(t){let{held:e,slider:s}=this;e?.id===t.pointerId&&(!e.
sliding&&ut(t.clientX-e.x,t.clientY-e.y)&&this.slide(t),this.held=void 0,e.sliding&&s.release())}cancel(){let t=this.held?.
sliding;this.held=void 0,t&&this.slider.listener.cancel()}destroy(){window.removeEventListener("keydown",this.onKey,!0)}};var At=["ArrowLeft","ArrowRight","ArrowUp","ArrowDown","PageUp","PageDown","Home","End"],C=class{constructor(t,e){this.setting=
t,this.listener=e,this.typed={text:"",at:0},this.due=!1;let{low:s,high:i}=t;this.range=o("input",{type:"range",min:s,max:i,
step:"1"}),this.number=o("input",{class:"number",inputmode:"numeric",autocomplete:"off",tabindex:"-1"}),this.track=o("di\
v",{class:"track"},this.range),this.drag=new T(this),this.range.addEventListener("input",()=>this.moveTo(Number(this.range.
value))),this.range.addEventListener("change",()=>this.keyed?this.due=!0:this.release()),this.range.addEventListener("ke\
ydown",r=>this.press(r)),this.range.addEventListener("keyup",()=>this.letGo()),this.range.addEventListener("blur",()=>this.
letGo(!0)),this.number.addEventListener("change",()=>this.read()),this.number.addEventListener("keydown",r=>this.pressNumber(
r)),this.number.addEventListener("focus",()=>this.number.select())}get value(){return Number(this.range.value)}show(t,e,s){
let{range:i,number:r}=this;i.value=String(t),i.style.setProperty("--at",String(q(t,this.setting))),i.setAttribute("aria-\
label",e),i.setAttribute("aria-valuetext",Q(t,s)),r.setAttribute("aria-label",`${e}, as a number`),f(r,String(t))}moveTo(t){
this.range.value=String(t),this.listener.move(t)}release(){clearTimeout(this.typing),this.typing=void 0,this.due=!1,this.
listener.commit()}letGo(t=!1){this.keyed=!1,this.due&&(t||!this.typing)&&this.release(),t&&(this.typed={text:"",at:0})}press(t){
if(t.ctrlKey||t.metaKey||t.altKey)return;if(/^\d$/.test(t.key))return this.type(t);if(t.key==="Enter"&&this.due)return this.
release();if(!At.includes(t.key))return;this.stopTyping(),this.keyed=!0;let e=_(t.key,this.value,this.setting);e!==void 0&&
(t.preventDefault(),this.due=!0,this.moveTo(e))}type(t){t.preventDefault(),this.typed=X(this.typed,t.key,Date.now(),this.
setting.high);let{value:e,note:s}=x(this.typed.text,this.setting);this.due=!0,this.moveTo(e),s&&this.listener.say(s),clearTimeout(
this.typing),this.typing=setTimeout(()=>this.release(),700)}stopTyping(){clearTimeout(this.typing),this.typing=void 0,this.
typed={text:"",at:0}}read(){if(this.number.value===this.number.dataset.said)return;let{value:t,note:e}=x(this.number.value,
this.setting);this.number.value=this.number.dataset.said=String(t??this.value),t!==void 0&&(this.moveTo(t),this.release()),
e&&this.listener.say(e)}pressNumber(t){t.key==="Escape"&&this.number.value!==this.number.dataset.said&&(t.stopPropagation(),
this.number.value=this.number.dataset.said),t.key==="Enter"&&(this.read(),this.number.select())}destroy(){clearTimeout(this.
typing),this.drag.destroy()}};var Nt=0,W=class{constructor(t,e){this.setting=t,this.sliders=[0,1].map(l=>new C(t,this.listener(l,e)));let s=`setting-${++Nt}`,
[i,r]=this.sliders;for(let{range:l}of this.sliders)l.setAttribute("aria-describedby",`${s}-help`);i.range.id=s,this.help=
u({class:"help","aria-label":`Help: ${t.label}`,"aria-expanded":"false"},()=>this.explain(this.note.hidden),"?"),this.note=
o("p",{class:"note",id:`${s}-help`},t.help),this.note.hidden=!0,this.help.addEventListener("keydown",l=>this.press(l));let a=o(
"div",{class:"head"},o("label",{for:s},t.label),this.help),h=l=>o("span",{class:"axis"},l);this.others=[h("rows"),h("col\
umns"),r.track,r.number],this.root=o("div",{class:`setting ${t.hue}`},a,this.note),this.root.append(this.others[0],i.track,
i.number,...this.others.slice(1))}listener(t,e){let{name:s}=this.setting;return{move:i=>e.move(r=>ht(r,s,t,i)),commit:()=>e.
commit(),cancel:()=>e.cancel(),say:i=>e.say(i)}}explain(t){this.note.hidden=!t,this.help.setAttribute("aria-expanded",String(
t))}press(t){t.key!=="Escape"||this.note.hidden||(t.stopPropagation(),this.explain(!1))}show({numbers:t,apart:e}){let{name:s,
label:i}=this.setting,r=e?[`${i}, rows`,`${i}, columns`]:[i,i];this.root.classList.toggle("apart",e);for(let a of this.others)
a.hidden=!e;for(let[a,h]of this.sliders.entries())h.show(t[s][a],r[a],e)}},O=class{constructor(t,e){this.rows=t.map(i=>new W(
i,e));let s="Numbers of the layer";this.root=o("div",{class:"settings",role:"group","aria-label":s}),this.root.append(...this.
rows.map(i=>i.root))}show(t){for(let e of this.rows)e.show(t)}destroy(){for(let t of this.rows)for(let e of t.sliders)e.
destroy()}};var Tt="(max-width: 640px)",Ct=["stride","kernel","padding"],P=class{constructor(t,e){this.body=t,this.open=!1,this.values=
o("span",{class:"values"});let s=o("span",{class:"change"},d("change"),"Change");this.lip=u({class:"lip"},()=>this.press(),
this.values,s),this.close=u({class:"tool close","aria-label":"Close the controls"},()=>this.set(!1,!0)),this.close.append(
d("close")),this.frame=o("div",{class:"sheet"},this.lip,this.close,t,e),this.nodes=[this.frame],this.lip.addEventListener(
"pointerdown",i=>this.begin(i)),this.lip.addEventListener("pointerup",i=>this.end(i)),this.lip.addEventListener("pointer\
cancel",()=>this.from=void 0),this.frame.addEventListener("keydown",i=>this.leave(i)),this.phone=matchMedia(Tt),this.onPhone=
()=>this.arrange(),this.phone.addEventListener("change",this.onPhone)}watch(t){this.root=t;let e=matchMedia("(any-pointe\
r: coarse)").matches||window.navigator.maxTouchPoints>0;t.classList.toggle("touch",e),this.arrange()}arrange(){let t=this.
phone.matches;this.root.classList.toggle("phone",t),this.root.classList.toggle("open",t&&this.open),this.lip.hidden=!t,this.
close.hidden=!t||!this.open,this.body.inert=t&&!this.open,this.lip.setAttribute("aria-expanded",String(this.open))}set(t,e=!1){
this.open=t,this.arrange(),e&&this.lip.focus()}begin(t){this.from=t.clientY,this.lip.setPointerCapture(t.pointerId)}end(t){
this.from!==void 0&&(this.set(pt(this.open,t.clientY-this.from)),this.from=void 0,this.pointed=!0,setTimeout(()=>this.pointed=
!1,50))}press(){this.pointed||this.set(!this.open)}leave(t){t.key!=="Escape"||!this.open||!this.phone.matches||(t.stopPropagation(),
this.set(!1,!0))}show({numbers:t},e){let i=Ct.map(r=>e.find(a=>a.name===r)).filter(Boolean).map(({name:r,short:a,hue:h})=>{
let[l,g]=t[r],c=l===g?String(l):`${l}, ${g}`;return o("span",{class:h},`${a} `,o("b",{},c))});this.values.replaceChildren(
...i)}destroy(){this.phone.removeEventListener("change",this.onPhone)}};var ft=5e3,Ot=2500,Pt=20,Dt=3e3,D=class{constructor(t,e,s=()=>{}){this.changed=t,this.read=e,this.insist=s,this.words={},
this.pending=void 0,this.sent=[],this.level=0,this.send=void 0}destroy(){window.cancelAnimationFrame(this.frame),clearTimeout(
this.waiting),clearTimeout(this.marking),clearTimeout(this.insisting)}get inForce(){return this.pending?.words??this.words}get depth(){
return Number(window.history.state?.lab)||0}ask(t){this.next=t,this.frame??=window.requestAnimationFrame(()=>this.tell())}tell(){
window.cancelAnimationFrame(this.frame),this.frame=void 0,this.next&&document.dispatchEvent(new window.CustomEvent("laye\
r:ask",{detail:{words:this.next}})),this.next=void 0}commit(t){if(p(t,this.inForce))return this.tell();this.next=t,this.
tell(),this.await(t),!this.sent.length&&!this.marking&&(this.level=this.depth),this.sent.push(t),this.send(t);let{before:e}=this.
pending;clearTimeout(this.insisting),this.insisting=setTimeout(()=>{this.pending?.words===t&&p(this.words,e)&&this.insist(
t)},Ot)}follow(t){this.sent=[],this.stopMarking(),this.next=t,this.tell(),p(t,this.words)?this.pending=void 0:this.await(
t)}await(t){this.pending={words:t,before:this.words,at:Date.now()},clearTimeout(this.waiting),this.waiting=setTimeout(()=>{
this.pending&&!p(this.words,this.pending.before)&&this.settle()},ft)}hear(t){this.words=t;let e=this.sent.findIndex(i=>p(
i,t));e>=0&&(this.sent.splice(0,e+1),this.level+=1,this.mark(t,this.level,Date.now()));let{pending:s}=this;s&&(p(t,s.words)||
Date.now()-s.at>=ft)&&this.settle()}settle(){clearTimeout(this.waiting),this.pending=void 0,this.changed()}mark(t,e,s){this.
stopMarking(),p(this.read(),t)?(window.history.replaceState({...window.history.state,lab:e},""),this.changed()):Date.now()-
s<Dt&&(this.marking=setTimeout(()=>this.mark(t,e,s),Pt))}stopMarking(){clearTimeout(this.marking),this.marking=void 0}};var K=class{constructor(){this.root=o("p",{class:"status",role:"status"}),this.note=this.live=this.refusal="",this.busy=
!1}say(t){this.note=t,this.show()}clear(){this.note=""}answer(t,e){this.live=t||(e?"Catching up\u2026":""),this.answered=
!0,this.show()}hear(t){this.refusal=t??"",this.answered=!1,this.live=""}show(){let t=this.busy&&this.answered?this.live:
this.live||this.refusal,e=this.note||t;this.root.textContent!==e&&(this.root.textContent=e),this.root.classList.toggle("\
told",!!e)}};var j=class{constructor(t){this.picture=o("span",{class:"picture"});let e=()=>t.change(s=>lt(s,!s.apart));this.root=u({class:"\
link",role:"switch"},e,this.picture,"Rows and columns linked")}show({apart:t}){this.root.getAttribute("aria-checked")!==
String(!t)&&(this.root.setAttribute("aria-checked",String(!t)),this.picture.replaceChildren(d(t?"apart":"link")))}};var B=class{constructor(t,e){this.data=e,this.state=b(e.words,e),this.moving=!1;let s=()=>R(window.location.search,this.
data),i=a=>this.insist(a);this.speech=new D(()=>this.refresh(),s,i),this.status=new K,this.build(e),t.append(this.root),
this.carried=!1,this.path=window.location.pathname;let{signal:r}=this.ending=new window.AbortController;document.addEventListener(
"layer:answer",a=>this.answer(a),{signal:r}),window.addEventListener("popstate",()=>this.goBack(),{signal:r})}build(t){this.
presets=new A(t,r=>this.replace(r)),this.settings=new O(t.settings,this),this.link=new j(this),this.grids=t.grids.map(r=>new $(
r,this)),this.seed=new N(this),this.foot=new E(()=>window.history.back(),()=>this.replace({}));let e={class:"lab control\
s",role:"group","aria-label":"Layer"};if(!t.presets.length){this.root=o("div",e,this.settings.root,this.status.root),this.
root.classList.add("bare");return}let s=o("div",{class:"body"},this.presets.root,this.settings.root,this.link.root),i=o(
"div",{class:"grids"},...this.grids.map(r=>r.root),this.seed.root);s.append(i,this.foot.root),this.sheet=new P(s,this.status.
root),this.root=o("div",e,...this.sheet.nodes),this.sheet.watch(this.root)}destroy(){this.ending.abort(),this.settings.destroy(),
this.sheet?.destroy(),this.speech.destroy(),this.root.remove()}load(t,e){this.data=t,this.speech.send=e,this.speech.hear(
t.words),this.status.hear(t.refusal),this.applyTheme(),this.carry(),this.refresh()}carry(){if(!this.data.carry||this.carried)
return;this.carried=!0;let{history:t,location:e}=window;if(p(R(e.search,this.data),this.data.words))return;let s=F(e.search,
this.data.words,this.data);t.replaceState(t.state,"",`${e.pathname}?${s}`),window.dispatchEvent(new window.PopStateEvent(
"popstate",{state:t.state}))}insist(t){let{history:e,location:s}=window,i=F(s.search,t,this.data),r={...e.state,lab:this.
speech.depth+1};e.pushState(r,"",`${s.pathname}${i&&`?${i}`}`),window.dispatchEvent(new window.PopStateEvent("popstate",
{state:r}))}applyTheme(){let t=getComputedStyle(this.root).getPropertyValue("--st-background-color").trim(),e=/^#[0-9a-f]{6}$/i.
test(t)&&Y(t,"#ffffff")>4.5;this.root.dataset.theme=e?"dark":"light"}refresh(){this.moving||this.take(this.speech.inForce),
this.show()}take(t){p(t,y(this.state,this.data))||(this.state=b(t,this.data))}show(){let{state:t,data:e,speech:s}=this,i=y(
t,e);this.presets.show(i),this.settings.show(t),this.link.show(t);for(let[r,a]of this.grids.entries())a.show(t,e.grids[r]);
this.seed.show(t,e.seed),this.sheet?.show(t,e.settings),this.foot.show(s.depth>0,Object.keys(i).length>0),this.status.busy=
this.moving||!!s.pending,this.status.show()}move(t){this.moving=!0,this.status.clear(),this.state=t(this.state),this.speech.
ask(y(this.state,this.data)),this.show()}commit(){this.moving=!1,this.speech.commit(y(this.state,this.data)),this.show()}change(t){
this.move(t),this.commit()}replace(t){this.change(()=>b(t,this.data))}cancel(){this.moving=!1,this.take(this.speech.inForce),
this.speech.ask(this.speech.inForce),this.show()}say(t){this.status.say(t)}answer(t){let{refusal:e="",waiting:s=!1}=t.detail??
{};this.status.answer(e,s)}goBack(){if(window.location.pathname!==this.path)return;let t=this.speech.read();this.moving=
!1,this.status.clear(),this.state=b(t,this.data),this.speech.follow(t),this.show()}};var v=new WeakMap;function Re({data:n,parentElement:t,setTriggerValue:e}){if(n)return v.has(t)||v.set(t,new B(t,n)),v.get(
t).load(n,s=>e("words",s)),()=>{v.get(t)?.destroy(),v.delete(t)}}export{Re as default};
