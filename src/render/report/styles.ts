import { colourRules, gradient } from "./colours.ts";

const INK = {
  light: "--paper:#fff;--ink:#1b1c1e;--soft:#5b5f66;--rule:#d5d7da;--blue:#1d62ab;--orange:#a3510a;--band:#1d62ab26",
  dark: "--paper:#141518;--ink:#e6e7e9;--soft:#a3a8b0;--rule:#3a3d43;--blue:#7db8f0;--orange:#f0a35c;--band:#7db8f033",
};

/** The page's only style sheet. Widths are of the reader's window, sizes of a cell those of its picture. */
export const STYLES = `
:root{color-scheme:light dark;${INK.light};--scale:${gradient("light")}}
${colourRules("light")}
@media screen and (prefers-color-scheme:dark){:root{${INK.dark};--scale:${gradient("dark")}}
${colourRules("dark")}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:2rem 1rem 4rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.25;font-weight:600;margin:0 0 .25rem}
h2{font-size:1.15rem;font-weight:600;margin:3rem 0 .5rem;padding-top:.5rem;border-top:1px solid var(--rule)}
h3{font-size:1rem;font-weight:600;margin:2rem 0 .25rem}
h4{font-size:.95rem;font-weight:600;margin:1.5rem 0 .25rem}
p{margin:.5rem 0;max-width:44rem}
sub{font-size:.72em;line-height:0}
.axes,small{font-size:.8rem;font-weight:400;color:var(--soft)}
.note{border-left:3px solid var(--orange);padding-left:.75rem}
.pass{color:var(--blue)}.fail{color:var(--orange)}
nav a{color:var(--blue);margin-right:1rem;white-space:nowrap;font-size:.9rem}
.two,.four{display:grid;gap:1.25rem 2rem;align-items:start;margin:.75rem 0}
.two{grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr))}
.four{grid-template-columns:repeat(4,minmax(0,1fr));gap:1.25rem}
.legend{display:flex;align-items:center;gap:.5rem;flex-wrap:wrap;font-size:.8rem;font-variant-numeric:tabular-nums}
.legend i{width:9rem;height:.7rem;background:var(--scale);outline:1px solid var(--rule);print-color-adjust:exact}
.heat{position:relative;container-type:inline-size;padding-bottom:1.4rem;counter-reset:row calc(-1*var(--down))}
.heat table{--s:min(3.5rem,(100cqw - var(--names))/var(--n));--names:2rem;table-layout:fixed;border-collapse:separate;border-spacing:0;width:calc(var(--names) + var(--s)*var(--n));line-height:0;font-size:.7rem;font-variant-numeric:tabular-nums}
.strip table{--names:3.5rem}
.heat caption{margin-right:calc(var(--names) + var(--s)*var(--n) - 100cqw);text-align:left;line-height:1.35;font-size:.95rem;font-weight:600;margin-bottom:.4rem}
.heat caption .axes{display:block}
.heat tr{counter-increment:row var(--down);counter-reset:column calc(-1*var(--across))}
.heat thead tr{counter-increment:none}
.heat td{forced-color-adjust:none;width:var(--s);height:var(--s);padding:0;counter-increment:column var(--across);text-align:center;print-color-adjust:exact}
.annotated tbody td,.strip tbody td{box-shadow:inset 0 0 0 .5px var(--rule)}
.strip tbody td{height:max(1.2rem,min(var(--s),2rem))}
.heat thead td{width:var(--names);height:1.1rem}
.heat th{padding:0;font-weight:400;font-size:.7rem;color:transparent;overflow:hidden;white-space:nowrap}
.heat th[scope=row]{text-align:right;padding-right:.4rem}
.heat th.shown{color:var(--soft);overflow:visible}
.strip th[scope=row]{font-size:.85rem}
.heat th[scope=col]{vertical-align:bottom;line-height:1;padding-bottom:.2rem}
.heat th[scope=col]:last-child:not(:nth-child(2)){direction:rtl}
.heat td p{position:absolute;right:0;bottom:0;margin:0;line-height:1.2rem;color:transparent;pointer-events:none;white-space:nowrap}
.heat td:hover{outline:1.5px solid var(--ink);outline-offset:-1px}
.heat td:hover p{color:var(--ink);background:var(--paper);padding-left:1rem}
.heat td:hover p:before{content:"[" counter(row) "][" counter(column) "] = "}
.strip td:hover p:before{content:"[" counter(column) "] = "}
.annotated table{--s:min(4rem,(100cqw - var(--names))/var(--n))}
.annotated td p,.annotated td:hover p{position:static;color:inherit;background:none;padding:0;line-height:1}
.annotated td:hover p:before{content:none}
.four .heat caption{font-size:.85rem}
@media screen{
:root:has(#numbers:checked) .heat{overflow-x:auto}
:root:has(#numbers:checked) .heat table{table-layout:auto;width:auto}
:root:has(#numbers:checked) .heat caption{margin-right:0}
:root:has(#numbers:checked) .heat td{width:auto;height:1.4rem}
:root:has(#numbers:checked) .heat td p{position:static;color:inherit;background:none;padding:.15rem .35rem}
:root:has(#numbers:checked) .heat th{color:var(--soft);padding:.15rem .35rem}
:root:has(#numbers:checked) .heat td:hover p:before{content:none}
:root:has(#numbers:checked) :is(.two,.four){grid-template-columns:minmax(0,1fr)}
}
.scroll{overflow-x:auto}
table.numbers{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums;margin:.5rem 0}
.numbers th,.numbers td{padding:.15rem .7rem .15rem 0;text-align:right;white-space:pre;font-weight:400}
.numbers th:first-child{text-align:left}
.numbers thead th{border-bottom:1px solid var(--rule);color:var(--soft)}
.paths th[scope=row]{white-space:normal;min-width:8rem}
.bar{position:relative;min-width:9rem}
.bar i{position:absolute;top:.3rem;bottom:.3rem;background:var(--blue);print-color-adjust:exact}
.bar i.minus{background:var(--orange)}
summary{cursor:pointer;color:var(--blue);font-size:.9rem;margin:.4rem 0}
svg{display:block;width:100%;max-width:32rem;height:auto;overflow:visible;font:11px system-ui,sans-serif;font-variant-numeric:tabular-nums}
svg text{fill:var(--soft)}
svg .title{fill:var(--ink);font-weight:600;font-size:12px}
svg .grid{stroke:var(--rule);stroke-width:.7;fill:none}
svg .line{stroke:var(--blue);stroke-width:1.6;fill:none;stroke-linejoin:round}
svg .band{fill:var(--band)}
svg circle{fill:var(--blue)}
.formula,.numbers:not(table){overflow-x:auto;padding:.2rem 0}
div.numbers{display:flex;flex-wrap:wrap;gap:.6rem 2rem}
math{font-size:1.05em}
.remark,.caption{font-size:.9rem;color:var(--soft)}
@media (max-width:44rem){.four{grid-template-columns:repeat(2,minmax(0,1fr))}body{padding-top:1rem}h2{margin-top:2rem}}
@media print{.two{grid-template-columns:1fr 1fr}body{max-width:none;padding:0;font-size:10pt}nav,.toggle{display:none}.heat,svg,tr{break-inside:avoid}h2,h3,h4,:is(h2,h3)+.legend{break-after:avoid}a{color:inherit}}
`;
