/* Built from source/ by npm run build; licences in LICENCES.txt. */
var a=()=>window.explorerEditor??={},s=e=>{let n=a();if(!n[e]){let t,i=new Promise(r=>{t=r});n[e]={given:i,give:t}}return n[e]};var o=e=>s(e).given;var c=async e=>{let{open:n,known:t}=await o(e.data.known);return n({...e,data:{...e.data,...t}})};export{c as default};
