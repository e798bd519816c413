package dev.kombo.query;

import dev.kombo.service.KomboService;
import org.apache.kafka.streams.KafkaStreams;

/** Health as Kafka Streams tells it. */
public final class StreamsHealth implements Health {
    private final KomboService service;
    private final long mostLag;
    private final MachineClock clock;

    /**
     * @param mostLag records behind from which on the instance is not ready
     */
    public StreamsHealth(KomboService service, long mostLag, MachineClock clock) {
        this.service = service;
        this.mostLag = mostLag;
        this.clock = clock;
    }

    @Override
    public boolean live() {
        KafkaStreams.State state = service.streams().state();
        return state == KafkaStreams.State.CREATED || state.isRunningOrRebalancing();
    }

    @Override
    public boolean informed() {
        return service.informed() && service.streams().state().isRunningOrRebalancing();
    }

    @Override
    public String obstacle() {
        if (service.streams().state() != KafkaStreams.State.RUNNING) {
            return "the instance is " + state();
        }
        long lag = lag();
        return lag > mostLag ? "the instance is " + lag + " records behind, " + mostLag + " are accepted" : null;
    }

    @Override
    public String state() {
        return service.streams().state().name();
    }

    @Override
    public long lag() {
        return service.lag();
    }

    @Override
    public InstanceView describe() {
        InstanceView.Activity activity =
                InstanceView.Activity.of(clock.now(), service.metrics().activity());
        return InstanceView.of(service.streams(), this, activity);
    }
}
