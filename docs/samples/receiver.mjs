// Receives storydiff's webhooks: node receiver.mjs PORT, with the endpoint's secret in STORYDIFF_SECRET.
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const key = Buffer.from(process.env.STORYDIFF_SECRET.replace(/^whsec_/, ""), "base64");
const seen = new Set(); // keep this in your database, and what it led to in the same transaction

// Whether the message is from storydiff, and of now.
function isGenuine(headers, body) {
  const id = headers["webhook-id"] ?? "";
  const sent = headers["webhook-timestamp"] ?? "";
  if (!/^\d+$/.test(sent) || Math.abs(Date.now() / 1000 - Number(sent)) > 300) return false;
  const mac = createHmac("sha256", key).update(`${id}.${sent}.`).update(body).digest("base64");
  const expected = Buffer.from(`v1,${mac}`);
  return (headers["webhook-signature"] ?? "").split(" ").some((each) => {
    const given = Buffer.from(each);
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

createServer((request, response) => {
  const pieces = [];
  request.on("data", (piece) => pieces.push(piece));
  request.on("end", () => {
    const body = Buffer.concat(pieces);
    const genuine = isGenuine(request.headers, body);
    response.writeHead(genuine ? 204 : 401).end();
    if (genuine && !seen.has(request.headers["webhook-id"])) {
      seen.add(request.headers["webhook-id"]);
      const event = JSON.parse(body);
      console.log(event.type, event.data.summary ?? "");
    }
  });
}).listen(Number(process.argv[2]), "127.0.0.1");
