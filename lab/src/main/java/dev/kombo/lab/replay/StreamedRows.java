package dev.kombo.lab.replay;

import java.io.IOException;

/** Rows in the order of the file, read as they are asked for. */
final class StreamedRows implements ReplayRows {
    private final RawRowReader reader;
    private final RowJudge judge;
    private long timeBefore;

    StreamedRows(RawRowReader reader, RowJudge judge) {
        this.reader = reader;
        this.judge = judge;
    }

    @Override
    public ReplayRow next() throws IOException {
        RawRow raw = reader.next();
        if (raw == null) {
            return null;
        }
        ReplayRow row = judge.judge(raw, judge.isFirst(raw), timeBefore);
        timeBefore = row.eventTime();
        return row;
    }

    @Override
    public long position() {
        return reader.position();
    }

    @Override
    public long size() {
        return reader.size();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
