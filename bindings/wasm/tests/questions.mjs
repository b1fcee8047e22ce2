// Questions whose answers have, together, every field that an answer can have.

const full = { stage: "full", category: "waged" };
const waged = { ...full, base: "5400" };

export const questions = [
  [waged, "2026-11"],
  [waged, { period: "2026-11", trace: true }],
  [{ ...waged, base: "60000" }, { period: "2026-11", trace: true }],
  [waged, { period: "2026", trace: true }],
  [full, "2026-11"],
  [{ stage: "full", category: "farmer" }, { period: "2026-11", settings: { farmer_dues: "0.50" }, trace: true }],
  [{ ...waged, base: "5,400" }, "2026-11"],
  [{ stage: "applicant" }, "2026-11"],
  [{ stage: "full", category: "irregular" }, "2007-05"],
  [{ ...waged, hardship: "exempt", approved_by: "next_higher_committee" }, "2026-11"],
  [{ ...waged, joined: "2026-06-15", base: [{ from: "2026-06-15", value: "4000" }, { from: "2026-09-01", value: "6000" }] }, "2026-12"],
  [{ ...full, base: [{ from: "2026-12-01", value: "4000" }] }, { period: "2026-11", trace: true }],
  [{ voluntary_payments: [{ paid: "10", paid_on: "2026-11-05" }, { paid: "2000", paid_on: "2026-11-06" }] },
    { period: "2026-11", charge: "voluntary", trace: true }],
  [{ level: "province", dues_received: "18720" }, { period: "2026", charge: "remittance", trace: true }],
  [{ ...waged, base: "60000" }, { period: "2026-11", set_aside: { "dues.limits.cap": "wants to pay it" }, trace: true }],
];
