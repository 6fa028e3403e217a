package ekiden.mail.send;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.model.definition.IfRefused;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A mail that was composed for one submission, or why that could not be done. To be closed, which removes its temporary file. Belongs to one thread. */
public final class PreparedMail implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(PreparedMail.class);

    private final ScratchDisk scratch;
    private final Path file;
    private final @Nullable OutgoingMail mail;
    private final @Nullable Problem problem;
    private final @Nullable Problem note;

    PreparedMail(Result<ComposedMail> composed, IfRefused rule, ScratchDisk scratch, Path file) {
        this.scratch = scratch;
        this.file = file;
        switch (composed) {
            case Result.Failed<ComposedMail>(Problem why) -> {
                this.mail = null;
                this.problem = why;
                this.note = null;
            }
            case Result.Ok<ComposedMail>(ComposedMail good) -> {
                this.mail = good.outgoing(scratch).with(rule);
                this.problem = null;
                this.note = good.note();
            }
        }
    }

    /** {@return what a sender takes, or null where it could not be composed} */
    public @Nullable OutgoingMail mail() {
        return mail;
    }

    /** {@return why it could not be composed, or null} */
    @Nullable
    Problem problem() {
        return problem;
    }

    /** {@return what people should know of how it was written, or null} */
    @Nullable
    Problem note() {
        return note;
    }

    @Override
    public void close() {
        try {
            scratch.delete(file);
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "the temporary file " + file + " is left", broken);
        }
    }
}
