// Twilio's own client, led to the simulator instead of the provider.
import twilio from "twilio";
import { simulatedAccount } from "../../infra/local/simulator/twilio/account.ts";

export function twilioClient(address: string, password: string = simulatedAccount.authToken) {
  const { hostname, port } = new URL(address);
  class ToSimulator extends twilio.RequestClient {
    override request<Data>(asked: Parameters<twilio.RequestClient["request"]>[0]) {
      const url = new URL(asked.uri);
      url.protocol = "http:";
      url.hostname = hostname;
      url.port = port;
      url.pathname = `/simulator/twilio${url.pathname}`;
      return super.request<Data>({ ...asked, uri: url.href } as never);
    }
  }
  return twilio(simulatedAccount.accountSid, password, { httpClient: new ToSimulator() });
}
