// Keeps the number of those who are connected up to date.
"use strict";
setInterval(async () => {
  try {
    const r = await fetch("/join/connected");
    if (r.ok) document.getElementById("connected").textContent = await r.text();
  } catch {} // the server may be restarting
}, 2000);
