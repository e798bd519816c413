package dev.kombo.instance;

import dev.kombo.config.ApiSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.console.CommandException;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.instance.CommandContext.Service;
import dev.kombo.query.QueryApi;
import dev.kombo.query.http.ApiServer.CannotListenException;
import java.time.Duration;

/** A started service with its query API, which answers 503 until the service runs. */
public final class ServiceWithApi implements AutoCloseable {
    private final Service service;
    private final QueryApi api;

    private ServiceWithApi(Service service, QueryApi api) {
        this.service = service;
        this.api = api;
    }

    /**
     * Starts both; returns while the service is still starting.
     *
     * @throws CommandException if the API's port is taken
     */
    public static ServiceWithApi start(CommandContext wiring, KomboConfig config) {
        Service service = wiring.services().apply(config);
        QueryApi api = null;
        boolean started = false;
        try {
            api = QueryApi.start(config, service.queries());
            service.start();
            started = true;
            return new ServiceWithApi(service, api);
        } catch (CannotListenException e) {
            String advice = e.portTaken()
                    ? "; choose another port with --port or " + ApiSettings.PORT.name() + ", 0 for any free one"
                    : "";
            throw CommandException.failure(e.getMessage() + advice, e);
        } finally {
            if (!started) {
                closeBoth(service, api);
            }
        }
    }

    /** Address of the query API. */
    public String url() {
        return api.url();
    }

    /** Waits until the service processes events, and returns this object. */
    public ServiceWithApi awaitRunning(Duration timeout) {
        service.awaitRunning(timeout);
        return this;
    }

    /** The strategy that is active in this instance. */
    public StrategyPlan strategy() {
        return service.queries().engine().models().strategy().plan();
    }

    /** Whether the service gave up. */
    public boolean failed() {
        return service.failed();
    }

    @Override
    public void close() {
        closeBoth(service, api);
    }

    private static void closeBoth(Service service, QueryApi api) {
        try (service) {
            if (api != null) {
                api.close();
            }
        }
    }
}
