package ekiden.model.run;

import ekiden.base.StateTable;

/** The status of a job in a run, with the names JP1 operators know. */
public enum JobStatus {
    /** Jobs that it needs have not ended. */
    WAITING("Wait for prev. to end", "先行終了待ち", Kind.LIVE),
    /** Given to the agent, which has not yet said that it began. */
    QUEUED("Waiting to execute", "実行待ち", Kind.LIVE),
    /** The command runs, the mail is being sent, or a mail is waited for. */
    RUNNING("Now running", "実行中", Kind.LIVE),
    /** Its mail has come; the files are being saved. */
    SAVING("Saving mail", "メール保存中", Kind.LIVE),
    /** Done. */
    ENDED_NORMALLY("Ended normally", "正常終了", Kind.GOOD),
    /** Done, with something to look at. */
    ENDED_WITH_WARNING("Ended with warning", "警告検出終了", Kind.GOOD),
    /** Not done. */
    ENDED_ABNORMALLY("Ended abnormally", "異常検出終了", Kind.BAD),
    /** A person or a time limit ended it. */
    KILLED("Killed", "強制終了", Kind.BAD),
    /** The program could not be started, and it is sure that it did not run. */
    FAILED_TO_START("Failed to start", "起動失敗", Kind.BAD),
    /** Whether or how it ended cannot be known; never repeated without a person's word. */
    UNKNOWN("Unknown end status", "終了状態不明", Kind.BAD),
    /** A mail whose acceptance cannot be known (RFC 5321 §6.1); never sent again without a person's word. */
    UNCERTAIN("Delivery uncertain", "送信結果不明", Kind.BAD),
    /** Not begun, because a job before it ended badly or the run was killed. */
    NOT_EXECUTED("Not executed + Ended", "未実行終了", Kind.BAD);

    private enum Kind {
        LIVE,
        GOOD,
        BAD
    }

    /** What can happen to a job. */
    public enum On {
        /** The jobs it needs have ended well, and an agent is asked to execute it. */
        ASSIGN,
        /** The jobs it needs have ended well, and a mail is waited for. */
        WATCH,
        /** It will not be executed in this run. */
        SKIP,
        /** The agent says that it began. */
        START,
        /** It is sure that the program did not run: the next attempt is made. */
        RETRY,
        /** A mail was taken for it. */
        TAKE,
        /** It ended well. */
        SUCCEED,
        /** It ended with warning. */
        WARN,
        /** It ended badly. */
        FAIL,
        /** It was killed. */
        KILL,
        /** It is sure that the program did not run, and no further attempt is made. */
        NOT_START,
        /** Its end cannot be known; or it was to be rerun, and is not, so that this stays as it was. */
        LOSE,
        /** Its mail was perhaps accepted; or it was to be rerun, and is not, so that this stays as it was. */
        DOUBT,
        /** A person wants it executed once more, or one that it needs. */
        RERUN,
        /** A person says that its mail counts as sent. */
        ASSUME
    }

    /** The life of a job in a run. */
    public static final StateTable<JobStatus, On> TABLE = StateTable.of("job", JobStatus.class, On.class)
            .row(WAITING, On.ASSIGN, QUEUED)
            .row(WAITING, On.WATCH, RUNNING)
            .row(WAITING, On.SKIP, NOT_EXECUTED)
            .row(WAITING, On.LOSE, UNKNOWN)
            .row(WAITING, On.DOUBT, UNCERTAIN)
            .row(QUEUED, On.START, RUNNING)
            .row(QUEUED, On.RETRY, QUEUED)
            .row(QUEUED, On.SUCCEED, ENDED_NORMALLY)
            .row(QUEUED, On.WARN, ENDED_WITH_WARNING)
            .row(QUEUED, On.FAIL, ENDED_ABNORMALLY)
            .row(QUEUED, On.KILL, KILLED)
            .row(QUEUED, On.NOT_START, FAILED_TO_START)
            .row(QUEUED, On.LOSE, UNKNOWN)
            .row(QUEUED, On.DOUBT, UNCERTAIN)
            .row(RUNNING, On.RETRY, QUEUED)
            .row(RUNNING, On.TAKE, SAVING)
            .row(RUNNING, On.SUCCEED, ENDED_NORMALLY)
            .row(RUNNING, On.WARN, ENDED_WITH_WARNING)
            .row(RUNNING, On.FAIL, ENDED_ABNORMALLY)
            .row(RUNNING, On.KILL, KILLED)
            .row(RUNNING, On.NOT_START, FAILED_TO_START)
            .row(RUNNING, On.LOSE, UNKNOWN)
            .row(RUNNING, On.DOUBT, UNCERTAIN)
            .row(SAVING, On.SUCCEED, ENDED_NORMALLY)
            .row(SAVING, On.WARN, ENDED_WITH_WARNING)
            .row(SAVING, On.FAIL, ENDED_ABNORMALLY)
            .row(SAVING, On.KILL, KILLED)
            .row(ENDED_ABNORMALLY, On.RERUN, WAITING)
            .row(KILLED, On.RERUN, WAITING)
            .row(FAILED_TO_START, On.RERUN, WAITING)
            .row(UNKNOWN, On.RERUN, WAITING)
            .row(UNCERTAIN, On.RERUN, WAITING)
            .row(UNCERTAIN, On.ASSUME, ENDED_NORMALLY)
            .row(NOT_EXECUTED, On.RERUN, WAITING)
            .build();

    private final String english;
    private final String japanese;
    private final Kind kind;

    JobStatus(String english, String japanese, Kind kind) {
        this.english = english;
        this.japanese = japanese;
        this.kind = kind;
    }

    /** {@return the English name shown to operators} */
    public String english() {
        return english;
    }

    /** {@return the Japanese name shown to operators} */
    public String japanese() {
        return japanese;
    }

    /** {@return whether nothing more will happen in this attempt} */
    public boolean ended() {
        return kind != Kind.LIVE;
    }

    /** {@return whether jobs that need this one may begin} */
    public boolean good() {
        return kind == Kind.GOOD;
    }
}
