package ekiden.model.definition;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One job of a jobnet.
 *
 * @param name unique in its jobnet: 1 to 64 letters, digits, {@code - _}
 * @param needs jobs that must have ended normally or with warning before this one begins
 * @param work what it does
 * @param timeout counted from the job's start, or null for none
 * @param onTimeout what becomes of the job when it runs out (JP1 {@code ets}; default there and here: killed)
 */
public record Job(
        String name,
        List<String> needs,
        Work work,
        @Nullable Duration timeout,
        OnTimeout onTimeout) {
    /** Copies the needs. */
    public Job {
        needs = List.copyOf(needs);
    }

    /** The status a job gets when its time runs out. */
    public enum OnTimeout {
        /** 強制終了. */
        KILL,
        /** 正常終了. */
        NORMAL,
        /** 警告検出終了. */
        WARNING,
        /** 異常検出終了. */
        ABNORMAL
    }
}
