// What is in teams-client.js, which is built of Microsoft's library where the page is served (infra/teams/client.ts).
export { app, authentication, pages } from "@microsoft/teams-js";
