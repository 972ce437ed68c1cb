// The projector's page fills its window and doesn't hang out of it: nobody scrolls there.

const LARGEST = 1.7;
const SMALLEST = 0.5;
const LEGIBLE = 0.9;
const STEPS = 7;

function scaled(element) {
  const fits = (scale) => {
    element.style.setProperty("--fit", scale.toFixed(3));
    const page = document.documentElement;
    return page.scrollHeight <= innerHeight && page.scrollWidth <= innerWidth;
  };
  if (fits(LARGEST)) return LARGEST;
  let [small, large] = [SMALLEST, LARGEST];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (small + large) / 2;
    if (fits(middle)) small = middle;
    else large = middle;
  }
  fits(small);
  return small;
}

// Letters as large as the window allows. What is least needed (`.lesser`: first what passages say, then the best) goes
// before they become too small to read.
export function fit(element) {
  element.classList.remove("brief", "briefest");
  for (const step of ["brief", "briefest"]) {
    if (scaled(element) >= LEGIBLE) return;
    element.classList.add(step);
  }
  scaled(element);
}
