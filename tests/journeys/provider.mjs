// A certified identity provider on loopback, for the journeys: anybody signs in, and has the address that they type.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [, , service] = process.argv;
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "commonweal", client_secret: "secret-of-the-journeys", redirect_uris: [service], token_endpoint_auth_method: "client_secret_post" }],
    claims: { email: ["email", "email_verified"], profile: ["name"] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, email: id, email_verified: !id.startsWith("unverified"), name: "Named elsewhere" }) }),
    pkce: { required: () => true },
  });
  server.on("request", provider.callback());
  console.log(issuer);
});
