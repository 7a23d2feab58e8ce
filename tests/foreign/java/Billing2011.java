import ch.iec.tc57._2011.enddeviceeventsmessage.EndDeviceEventsPayloadType;
import ch.iec.tc57._2011.getmeterreadingsmessage.MeterReadingsPayloadType;
import ch.iec.tc57._2011.getmeterreadingsmessage.MeterReadingsQueryType;
import ch.iec.tc57._2011.meterservicerequestsmessage.MeterServiceRequestsPayloadType;
import ch.iec.tc57._2011.schema.message.HeaderType;
import ch.iec.tc57._2011.schema.message.ReplyType;
import javax.xml.ws.Holder;
import javax.xml.ws.soap.SOAPFaultException;
import metergate.hes.GetMeterReadingsPortType;
import metergate.mdms.ReceiveEndDeviceEventsPortType;
import metergate.mdms.RequestMeterServiceRequestsPortType;

/** The billing as JAX-WS makes it where each verb and noun has a root of its own. */
public final class Billing2011 {
    private static final GetMeterReadingsPortType HES = hes();

    private static GetMeterReadingsPortType hes() {
        try {
            return Told.with(new metergate.hes.GetMeterReadings(Told.wsdl("HES_WSDL")).getGetMeterReadingsPort(), "CIS_AUTHORIZATION");
        } catch (Exception error) {
            throw new ExceptionInInitializerError(error);
        }
    }

    private static Holder<MeterReadingsPayloadType> read(HeaderType header, Holder<ReplyType> reply) throws Exception {
        MeterReadingsQueryType request = new MeterReadingsQueryType();
        request.setGetMeterReadings(Payloads.query());
        Holder<MeterReadingsPayloadType> payload = new Holder<>();
        HES.getMeterReadings(new Holder<>(header), request, reply, payload);
        return payload;
    }

    public static void main(String[] arguments) throws Exception {
        Holder<ReplyType> reply = new Holder<>();
        MeterReadingsPayloadType readings = read(Told.header("get", "MeterReadings", "cis"), reply).value;
        Told.tell("read", "result", reply.value.getResult(), "value", Payloads.value(readings.getMeterReadings()));

        HeaderType later = Told.later();
        MeterReadingsPayloadType none = read(later, reply).value;
        Told.tell("later", "result", reply.value.getResult(), "payload", none != null, "message", later.getMessageID());

        HeaderType order = Told.header("create", "MeterServiceRequests", "cis");
        String ordered = order.getMessageID();
        RequestMeterServiceRequestsPortType mdms = Told.with(
            new metergate.mdms.RequestMeterServiceRequests(Told.wsdl("MDMS_WSDL")).getRequestMeterServiceRequestsPort(), "CIS_AUTHORIZATION");
        MeterServiceRequestsPayloadType work = new MeterServiceRequestsPayloadType();
        work.setMeterServiceRequests(Payloads.disconnect());
        mdms.createMeterServiceRequests(new Holder<>(order), null, new Holder<>(work), reply);
        Told.tell("disconnect", "result", reply.value.getResult(), "message", ordered);

        ReceiveEndDeviceEventsPortType events = Told.with(
            new metergate.mdms.ReceiveEndDeviceEvents(Told.wsdl("EVENTS_WSDL")).getReceiveEndDeviceEventsPort(), "TESTER_AUTHORIZATION");
        EndDeviceEventsPayloadType told = new EndDeviceEventsPayloadType();
        told.setEndDeviceEvents(Payloads.tamper());
        events.createdEndDeviceEvents(new Holder<>(Told.header("created", "EndDeviceEvents", "tester")), new Holder<>(told), reply);
        Told.tell("event", "result", reply.value.getResult());

        try {
            read(Told.nameless(), reply);
        } catch (SOAPFaultException fault) {
            Told.tell("fault", "code", fault.getFault().getFaultCode(), "reason", fault.getFault().getFaultString());
        }
        Told.done();
    }
}
