import ch.iec.tc57._2011.meterreadings_.MeterReadings;
import ch.iec.tc57._2011.schema.message.EventMessageType;
import ch.iec.tc57._2011.schema.message.HeaderType;
import ch.iec.tc57._2011.schema.message.PayloadType;
import ch.iec.tc57._2011.schema.message.RequestMessageType;
import ch.iec.tc57._2011.schema.message.RequestType;
import ch.iec.tc57._2011.schema.message.ResponseMessageType;
import javax.xml.bind.JAXBElement;
import javax.xml.ws.soap.SOAPFaultException;
import metergate.hes.GetMeterReadingsPortType;
import metergate.mdms.ReceiveEndDeviceEventsPortType;
import metergate.mdms.RequestMeterServiceRequestsPortType;

/** The billing as JAX-WS makes it where four roots serve all verbs and nouns, and a payload may be anything. */
public final class BillingGeneric {
    private static final GetMeterReadingsPortType HES = hes();

    private static GetMeterReadingsPortType hes() {
        try {
            return Told.with(new metergate.hes.GetMeterReadings(Told.wsdl("HES_WSDL")).getGetMeterReadingsPort(), "CIS_AUTHORIZATION");
        } catch (Exception error) {
            throw new ExceptionInInitializerError(error);
        }
    }

    private static ResponseMessageType read(HeaderType header) throws Exception {
        RequestType request = new RequestType();
        request.getAny().add(new ch.iec.tc57._2011.getmeterreadings_.ObjectFactory().createGetMeterReadings(Payloads.query()));
        RequestMessageType message = new RequestMessageType();
        message.setHeader(header);
        message.setRequest(request);
        return HES.getMeterReadings(message);
    }

    private static PayloadType holding(JAXBElement<?> element) {
        PayloadType payload = new PayloadType();
        payload.getAny().add(element);
        return payload;
    }

    public static void main(String[] arguments) throws Exception {
        ResponseMessageType read = read(Told.header("get", "MeterReadings", "cis"));
        JAXBElement<?> readings = (JAXBElement<?>) read.getPayload().getAny().get(0);
        Told.tell("read", "result", read.getReply().getResult(), "value", Payloads.value((MeterReadings) readings.getValue()));

        HeaderType later = Told.later();
        ResponseMessageType accepted = read(later);
        Told.tell(
            "later", "result", accepted.getReply().getResult(), "payload", accepted.getPayload() != null, "message", later.getMessageID());

        HeaderType order = Told.header("create", "MeterServiceRequests", "cis");
        RequestMeterServiceRequestsPortType mdms = Told.with(
            new metergate.mdms.RequestMeterServiceRequests(Told.wsdl("MDMS_WSDL")).getRequestMeterServiceRequestsPort(), "CIS_AUTHORIZATION");
        RequestMessageType work = new RequestMessageType();
        work.setHeader(order);
        work.setPayload(holding(
            new ch.iec.tc57._2011.meterservicerequests_.ObjectFactory().createMeterServiceRequests(Payloads.disconnect())));
        Told.tell("disconnect", "result", mdms.createMeterServiceRequests(work).getReply().getResult(), "message", order.getMessageID());

        ReceiveEndDeviceEventsPortType events = Told.with(
            new metergate.mdms.ReceiveEndDeviceEvents(Told.wsdl("EVENTS_WSDL")).getReceiveEndDeviceEventsPort(), "TESTER_AUTHORIZATION");
        EventMessageType told = new EventMessageType();
        told.setHeader(Told.header("created", "EndDeviceEvents", "tester"));
        told.setPayload(holding(new ch.iec.tc57._2011.enddeviceevents_.ObjectFactory().createEndDeviceEvents(Payloads.tamper())));
        Told.tell("event", "result", events.createdEndDeviceEvents(told).getReply().getResult());

        try {
            read(Told.nameless());
        } catch (SOAPFaultException fault) {
            Told.tell("fault", "code", fault.getFault().getFaultCode(), "reason", fault.getFault().getFaultString());
        }
        Told.done();
    }
}
