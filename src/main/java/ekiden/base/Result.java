package ekiden.base;

import java.util.function.Function;

/**
 * A value or the problem that kept it from being. Exceptions are for bugs, or stay inside an adapter.
 *
 * @param <T> what there is when all went well
 */
public sealed interface Result<T> {
    /**
     * All went well.
     *
     * @param value what came of it
     * @param <T> its type
     */
    record Ok<T>(T value) implements Result<T> {}

    /**
     * It did not.
     *
     * @param problem why
     * @param <T> what there would have been
     */
    record Failed<T>(Problem problem) implements Result<T> {}

    /**
     * @param value what came of it
     * @param <T> its type
     * @return a good result
     */
    static <T> Result<T> ok(T value) {
        return new Ok<>(value);
    }

    /**
     * @param message the message id
     * @param namesAndValues as for {@link Problem#of}
     * @param <T> what there would have been
     * @return a failed result
     */
    static <T> Result<T> failed(MessageId message, Object... namesAndValues) {
        return new Failed<>(Problem.of(message, namesAndValues));
    }

    /**
     * @param problem why
     * @param <T> what there would have been
     * @return a failed result
     */
    static <T> Result<T> failed(Problem problem) {
        return new Failed<>(problem);
    }

    /**
     * Goes on with the value, or passes the problem on.
     *
     * @param next what to do with the value
     * @param <R> what comes of that
     * @return the second result, or the first problem
     */
    default <R> Result<R> then(Function<T, Result<R>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Failed<T>(Problem problem) -> new Failed<>(problem);
        };
    }
}
