import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * Loads schemas and validates messages as Xerces does. Each line of standard input is answered by one: "schema FILE" and "wsdl FILE"
 * by "loaded", "message FILE" by "valid", as the schema loaded last has it; each of them by the first complaint where there is one.
 * "who" is answered by the class that loads.
 */
public class LoadSchemas {
    private static final ErrorHandler STRICT = new ErrorHandler() {
        @Override
        public void warning(SAXParseException complaint) throws SAXException {
            throw complaint;
        }

        @Override
        public void error(SAXParseException complaint) throws SAXException {
            throw complaint;
        }

        @Override
        public void fatalError(SAXParseException complaint) throws SAXException {
            throw complaint;
        }
    };

    public static void main(String[] arguments) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
        Schema loaded = null;
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.equals("who")) {
                System.out.println(factory().getClass().getName());
                continue;
            }
            String[] parts = order.split(" ", 2);
            File file = new File(parts[1]);
            try {
                if (parts[0].equals("message")) {
                    var validator = loaded.newValidator();
                    validator.setErrorHandler(STRICT);
                    validator.validate(new StreamSource(file));
                    System.out.println("valid");
                } else {
                    loaded = factory().newSchema(parts[0].equals("wsdl") ? types(file) : new StreamSource(file));
                    System.out.println("loaded");
                }
            } catch (SAXException complaint) {
                System.out.println(complaint.getMessage().replace('\n', ' '));
            }
        }
    }

    private static SchemaFactory factory() throws SAXException {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        factory.setErrorHandler(STRICT);
        return factory;
    }

    /** The schema in the types of a WSDL; what it imports stands beside the file. */
    private static Source types(File file) throws Exception {
        DocumentBuilderFactory builders = DocumentBuilderFactory.newInstance();
        builders.setNamespaceAware(true);
        Document document = builders.newDocumentBuilder().parse(file);
        Element types = (Element) document.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, "schema").item(0);
        return new DOMSource(types, file.toURI().toString());
    }
}
