import ch.iec.tc57._2011.schema.message.HeaderType;
import ch.iec.tc57._2011.schema.message.VerbType;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import javax.xml.ws.BindingProvider;
import javax.xml.ws.handler.MessageContext;

/** What a client is told by its environment, and how it tells what came of its exchanges: a line of JSON for each. */
final class Told {
    private Told() {}

    static URL wsdl(String name) throws Exception {
        return new URL(System.getenv(name));
    }

    static XMLGregorianCalendar at() throws Exception {
        return DatatypeFactory.newInstance().newXMLGregorianCalendar(System.getenv("AT"));
    }

    static HeaderType header(String verb, String noun, String source) throws Exception {
        HeaderType header = new HeaderType();
        header.setVerb(VerbType.fromValue(verb));
        header.setNoun(noun);
        header.setTimestamp(at());
        header.setSource(source);
        header.setMessageID(UUID.randomUUID().toString());
        return header;
    }

    static HeaderType later() throws Exception {
        HeaderType header = header("get", "MeterReadings", "cis");
        header.setAsyncReplyFlag(true);
        header.setReplyAddress(System.getenv("LISTENS_AT"));
        return header;
    }

    static HeaderType nameless() throws Exception {
        HeaderType header = header("get", "MeterReadings", "cis");
        header.setMessageID(null);
        return header;
    }

    static <T> T with(T port, String authorization) {
        Map<String, Object> context = ((BindingProvider) port).getRequestContext();
        context.put(MessageContext.HTTP_REQUEST_HEADERS, Map.of("Authorization", List.of(System.getenv(authorization))));
        return port;
    }

    static void tell(String exchange, Object... pairs) {
        StringBuilder line = new StringBuilder("{\"exchange\": \"" + exchange + "\"");
        for (int i = 0; i < pairs.length; i += 2) {
            Object value = pairs[i + 1];
            String text = value instanceof Boolean ? value.toString() : "\"" + String.valueOf(value).replace("\"", "'") + "\"";
            line.append(", \"").append(pairs[i]).append("\": ").append(text);
        }
        System.out.println(line.append("}"));
    }

    static void done() throws Exception {
        System.out.println("{\"done\": true}");
        System.in.readAllBytes();
    }
}
