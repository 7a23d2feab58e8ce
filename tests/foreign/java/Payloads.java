import ch.iec.tc57._2011.enddeviceevents_.Asset;
import ch.iec.tc57._2011.enddeviceevents_.EndDeviceEvent;
import ch.iec.tc57._2011.enddeviceevents_.EndDeviceEvents;
import ch.iec.tc57._2011.enddeviceevents_.Reference;
import ch.iec.tc57._2011.getmeterreadings_.GetMeterReadings;
import ch.iec.tc57._2011.getmeterreadings_.IdentifiedObject;
import ch.iec.tc57._2011.meterreadings_.MeterReadings;
import ch.iec.tc57._2011.meterservicerequests_.Meter;
import ch.iec.tc57._2011.meterservicerequests_.MeterServiceRequests;
import ch.iec.tc57._2011.meterservicerequests_.MeterServiceWork;
import ch.iec.tc57._2011.meterservicerequests_.QualifiedName;
import ch.iec.tc57._2011.schema.message.HeaderType;
import ch.iec.tc57._2011.schema.message.VerbType;

/** What the messages about meter M-1 carry; the same classes in every dialect. */
final class Payloads {
    private Payloads() {}

    static GetMeterReadings query() {
        ch.iec.tc57._2011.getmeterreadings_.Name name = new ch.iec.tc57._2011.getmeterreadings_.Name();
        name.setName("M-1");
        IdentifiedObject meter = new IdentifiedObject();
        meter.getNames().add(name);
        GetMeterReadings query = new GetMeterReadings();
        query.getEndDevice().add(meter);
        return query;
    }

    static MeterServiceRequests disconnect() throws Exception {
        QualifiedName name = new QualifiedName();
        name.setName("M-1");
        Meter meter = new Meter();
        meter.getNames().add(name);
        MeterServiceWork work = new MeterServiceWork();
        work.setKind("disconnect");
        work.setRequestDateTime(Told.at());
        work.setMeter(meter);
        HeaderType repeated = new HeaderType();
        repeated.setVerb(VerbType.fromValue("create"));
        repeated.setNoun("MeterServiceRequests");
        MeterServiceRequests requests = new MeterServiceRequests();
        requests.setHeader(repeated);
        requests.getMeterServiceWork().add(work);
        return requests;
    }

    static EndDeviceEvents tamper() throws Exception {
        ch.iec.tc57._2011.enddeviceevents_.Name name = new ch.iec.tc57._2011.enddeviceevents_.Name();
        name.setName("M-1");
        Asset meter = new Asset();
        meter.getNames().add(name);
        Reference type = new Reference();
        type.setRef("3.12.0.257");
        EndDeviceEvent event = new EndDeviceEvent();
        event.setCreatedDateTime(Told.at());
        event.setAssets(meter);
        event.setEndDeviceEventType(type);
        EndDeviceEvents events = new EndDeviceEvents();
        events.getEndDeviceEvent().add(event);
        return events;
    }

    static Float value(MeterReadings readings) {
        return readings.getMeterReading().get(0).getReadings().get(0).getValue();
    }
}
