import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;

/** Xerces, as Java has it, on one message: milliseconds of processor time for parsing and validating, once warm. */
public class _ValidateWithXerces {
    public static void main(String[] arguments) throws Exception {
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI).newSchema(new File(arguments[0]));
        byte[] message = Files.readAllBytes(Path.of(arguments[1]));
        int rounds = Integer.parseInt(arguments[2]);
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        double[] took = new double[rounds];
        for (int round = 0; round < 2 * rounds; round++) {
            long started = clock.getCurrentThreadCpuTime();
            Validator validator = schema.newValidator();
            validator.validate(new StreamSource(new java.io.ByteArrayInputStream(message)));
            took[round % rounds] = (clock.getCurrentThreadCpuTime() - started) / 1e6;
        }
        Arrays.sort(took);
        System.out.println(took[rounds / 2]);
    }
}
