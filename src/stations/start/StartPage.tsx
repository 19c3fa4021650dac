/** What is shown first on a first visit. */
export function StartPage() {
  return <h2>dreaMLearning Lab</h2>;
}
