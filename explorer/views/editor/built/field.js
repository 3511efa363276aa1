/* Built from source/ by npm run build; licences in LICENCES.txt. */
var o=()=>{if(!window.explorerEditor){let e,r=new Promise(t=>{e=t});window.explorerEditor={code:r,give:e}}return window.explorerEditor};var n=async e=>(await o().code)(e);export{n as default};
