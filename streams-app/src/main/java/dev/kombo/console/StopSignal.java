package dev.kombo.console;

import dev.kombo.ops.Causes;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Lets a command end in an orderly way when the process is asked to stop (SIGINT, SIGTERM): the JVM stays until
 * {@link #close}, at most 30 seconds. Used by the command's own thread, except for {@link #raise}, which any thread may
 * call.
 */
public final class StopSignal implements AutoCloseable {
    private static final long LONGEST_CLOSE_SECONDS = 30;

    private final CountDownLatch raised = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "kombo-stop");
    private Thread interruptible;

    private StopSignal() {}

    /** Installs the signal handling. */
    public static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    private void stopAndWait() {
        raise();
        try {
            closed.await(LONGEST_CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the command to stop. */
    public synchronized void raise() {
        raised.countDown();
        if (interruptible != null) {
            interruptible.interrupt();
        }
    }

    /** Whether the command was asked to stop. */
    public boolean isRaised() {
        return raised.getCount() == 0;
    }

    /** Waits until asked to stop, or for the time; returns whether it was asked to stop. */
    public boolean await(Duration time) throws InterruptedException {
        return raised.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Runs work that is interrupted when the command is asked to stop.
     *
     * @return the result of the work
     * @throws InterruptedException if the command was asked to stop, before or meanwhile
     */
    public <T> T interruptibly(Callable<T> work) throws Exception {
        synchronized (this) {
            if (isRaised()) {
                throw new InterruptedException("asked to stop");
            }
            interruptible = Thread.currentThread();
        }
        try {
            return work.call();
        } catch (RuntimeException e) {
            if (isRaised()
                    && Causes.of(e)
                            .anyMatch(cause ->
                                    cause instanceof InterruptException || cause instanceof InterruptedException)) {
                throw (InterruptedException) new InterruptedException("asked to stop").initCause(e);
            }
            throw e;
        } finally {
            synchronized (this) {
                interruptible = null;
                if (isRaised()) {
                    // Closing follows, and must not be cut short.
                    Thread.interrupted();
                }
            }
        }
    }

    /** Lets the JVM exit. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is exiting: the hook has started, and ends with it.
            raise();
        }
    }
}
