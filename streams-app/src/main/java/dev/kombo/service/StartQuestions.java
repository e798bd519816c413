package dev.kombo.service;

import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.ops.StoppableWait;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;

/** What an instance asks the brokers before it starts. Waits for brokers that do not answer. */
final class StartQuestions implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final long PAUSE_MILLIS = 1_000;

    private final Admin admin;
    private final String servers;
    private final StoppableWait wait;

    /** Asks something of the brokers. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Admin admin) throws ExecutionException, InterruptedException;
    }

    StartQuestions(KomboConfig config, StoppableWait wait) {
        this.admin = Admin.create(ClientSettings.admin(config, TIMEOUT_MILLIS));
        this.servers = config.get(ServiceSettings.BOOTSTRAP_SERVERS);
        this.wait = wait;
    }

    /**
     * Asks until the brokers answer.
     *
     * @throws IllegalStateException if the brokers refuse, or the instance stops meanwhile
     */
    <T> T ask(Question<T> question) {
        try {
            return answer(question);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "the brokers at " + servers + " refuse: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the brokers", e);
        }
    }

    private <T> T answer(Question<T> question) throws ExecutionException, InterruptedException {
        for (; ; ) {
            try {
                return question.ask(admin);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof RetriableException)) {
                    throw e;
                }
                pause("an answer of " + servers + ": " + e.getCause().getMessage(), PAUSE_MILLIS);
            }
        }
    }

    /**
     * Waits for a while.
     *
     * @param what the cause, for an operator
     * @throws IllegalStateException if the instance stops meanwhile, or the thread is interrupted
     */
    void pause(String what, long millis) {
        if (wait.pause(what, millis)) {
            return;
        }
        if (Thread.currentThread().isInterrupted()) {
            String text = "interrupted while waiting for " + what;
            throw new IllegalStateException(text, new InterruptedException(text));
        }
        throw new IllegalStateException("stopped while waiting for " + what);
    }

    /** Ends the wait: what was missing is there. */
    void over() {
        wait.over();
    }

    @Override
    public void close() {
        // At once: a stop does not wait for answers that are outstanding.
        admin.close(Duration.ZERO);
    }
}
