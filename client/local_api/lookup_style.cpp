#include "client/local_api/lookup_style.hpp"

namespace hoso::client::local_api {

// The colours of the desk's pages; fonts that every phone has, with every Vietnamese letter.
const char* const lookup_style = R"css(
*,*::before,*::after{box-sizing:border-box}
html{font:400 100%/1.5 'Be Vietnam Pro',Roboto,'Segoe UI','Noto Sans',sans-serif;color:#1d2433;background:#fbfaf6;text-size-adjust:none}
body{margin:0;min-width:320px;overflow-wrap:anywhere}
header,main,footer{max-width:44rem;margin:0 auto;padding:0 1rem}
header{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 1rem;padding-block:.5rem;border-bottom:3px solid #0d6350}
header p{margin:0;font-weight:600}
header a{display:inline-flex;align-items:center;min-height:2.75rem}
footer{padding-block:1rem 2rem;color:#525b6c;font-size:.875rem}
a{color:#22386b;text-underline-offset:.18em}
a:hover{text-decoration-thickness:3px}
:focus-visible{outline:3px solid #f2b632;box-shadow:0 0 0 6px #1d2433}
h1{margin:1.5rem 0 .75rem;font-size:1.625rem;line-height:1.25}
h2{margin:0 0 .75rem;font-size:1.1875rem;line-height:1.3}
p{margin:0 0 1rem}
.training{margin:0;padding:.625rem 1rem;background:#1d2433;color:#fff;border-left:12px solid #d9730d;font-weight:600;text-align:center}
.card{margin:0 0 1.5rem;background:#fff;border:1px solid #d9d5c8;border-radius:6px}
.status{display:flex;gap:.75rem;align-items:flex-start;padding:1rem;border-radius:5px 5px 0 0;border-left:8px solid}
.status svg{flex:none;width:2rem;height:2rem}
.status p{margin:0}
.status strong{display:block;font-size:1.375rem;line-height:1.25}
.good{background:#e3f1ec;color:#084b3c;border-color:#0d6350}
.soon{background:#e5f0fa;color:#164d80;border-color:#1a5c99}
.over{background:#fdf3d9;color:#6b4600;border-color:#8a5a00}
.gone{background:#fbeae7;color:#8a1d12;border-color:#a32619}
.status a{color:inherit}
dl{margin:0;padding:.25rem 1rem 1rem}
dl div{padding:.625rem 0;border-bottom:1px solid #d9d5c8}
dl div:last-child{border-bottom:0}
dt{color:#525b6c;font-size:.875rem}
dd{margin:0}
.product{font-size:1.1875rem;font-weight:600}
.stars{color:#8a5a00;letter-spacing:.1em}
.card>p,.card>ul{margin:0;padding:0 1rem 1rem}
.card>ul{padding-left:2.25rem}
.warning{padding:.75rem 1rem;background:#fdf3d9;border-left:8px solid #8a5a00}
.as-of{color:#525b6c}
form{margin:1.5rem 0;padding:1rem;background:#f1efe7;border-radius:6px}
label{display:block;font-weight:600}
.hint{margin:0 0 .5rem;color:#525b6c}
.row{display:flex;flex-wrap:wrap;gap:.75rem}
input{flex:1 1 14rem;min-width:0;min-height:2.75rem;padding:.5rem .75rem;font:inherit;color:inherit;background:#fff;border:1px solid #767b86;border-radius:6px}
button{min-height:2.75rem;padding:.5rem 1.25rem;font:inherit;font-weight:600;color:#fff;background:#0d6350;border:0;border-radius:6px;cursor:pointer}
button:hover{background:#084b3c}
@media(min-width:40rem){dl div{display:grid;grid-template-columns:11rem 1fr;gap:1rem}dt{font-size:1rem}}
@media print{form,header a{display:none}}
)css";

}  // namespace hoso::client::local_api
