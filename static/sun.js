// Before the first paint: the bright look for work in the sun, if this tablet has chosen it.
if (localStorage.getItem("sun") === "1") document.documentElement.setAttribute("data-sun", "");
