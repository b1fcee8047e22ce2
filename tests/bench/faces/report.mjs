// One line for each measure: what it is, the value, and whether it meets its bar.

export function line(what, value, unit, bar, least = false) {
  const shown = Number(value.toPrecision(3));
  if (bar === undefined) {
    console.log(`          ${what}: ${shown} ${unit}`);
    return;
  }
  const met = least ? value >= bar : value <= bar;
  console.log(`${met ? "met   " : "MISSED"}    ${what}: ${shown} ${unit} (${least ? "≥" : "≤"} ${bar})`);
}
