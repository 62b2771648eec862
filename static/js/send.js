// What goes to the studio. A page that is older than its person's last sign-in gets the new token with the answer, and sends once more.

const FIELD = "csrfmiddlewaretoken";
const HEADER = "X-CSRFToken";
const INHERITED = "hx-headers:inherited";

export async function send(address, request) {
  const answer = await fetch(address, request);
  const token = renewed(answer.status, answer.headers.get(HEADER));
  if (!token) return answer;
  if (request.body?.has?.(FIELD)) request.body.set(FIELD, token);
  return fetch(address, { ...request, headers: { ...request.headers, [HEADER]: token } });
}

/** The token that the page did not have yet, if this answer brought one; from now on the page has it everywhere. */
export function renewed(status, token) {
  if (status !== 403 || !token) return null;
  document.body.setAttribute(INHERITED, JSON.stringify({ ...headers(), [HEADER]: token }));
  for (const field of document.getElementsByName(FIELD)) field.value = token;
  return token;
}

/** What every request of this page says: its token, and for whom the page was drawn. */
export const headers = () => JSON.parse(document.body.getAttribute(INHERITED));

/** Whether it was done; if not, the page says why, as it does for requests of htmx. */
export async function told(answer) {
  if (answer.ok) return true;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("toasts").append(...page.querySelectorAll(".toast"));
  return false;
}

/** Where the studio is not asked, or could not be reached: the sentence came with the page. */
export function tell(sentence, kind = "error") {
  if (!sentence) return;
  const toast = document.createElement("div");
  Object.assign(toast, { className: `toast ${kind}`, role: kind === "error" ? "alert" : "status", textContent: sentence });
  document.getElementById("toasts").append(toast);
}
