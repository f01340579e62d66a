// Which instance of the commitments in the minutes answers a recommendation.

/** The key of that instance; forms.minutes says the same on the server. */
export const commitmentKey = ({ code, findings }) =>
  [code, ...[...(findings[0]?.question ?? "").matchAll(/\[([^\]]*)\]/g)].map(([, key]) => key)].join("-").replace(/[^0-9A-Za-z_-]/g, "-").slice(0, 64);
