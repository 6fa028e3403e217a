package ekiden.wait;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.model.mail.SavedMail;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Nothing is saved: the line is all. */
public final class NoFiles implements WaitFiles {
    @Override
    public @Nullable Problem begin(String state, @Nullable Set<Long> unfinished) {
        return null;
    }

    @Override
    public void prepare(List<Order> orders) {
        // nothing to prepare
    }

    @Override
    public Result<Optional<SavedMail>> save(Order order) {
        return Result.ok(Optional.empty());
    }

    @Override
    public @Nullable Problem force() {
        return null;
    }

    @Override
    public void clear(List<Order> saved) {
        // nothing was written
    }

    @Override
    public @Nullable Problem end() {
        return null;
    }
}
