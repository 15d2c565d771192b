#pragma once

#include "shared/io/database.hpp"
#include "shared/io/headlog.hpp"
#include "shared/log/log.hpp"

namespace hoso::io {

struct LogParts;

// A Log on disk. One writer, many readers, who see only what is durable. What is committed together lies under few keys: chunks of
// events under the big-endian position of their first, and ranges of positions per device and scope, all in the batch of their
// events. docs/decisions/0001 says why.
class RocksLog final : public log::Log {
public:
    struct Options {
        bool whole = true;         // dense positions, a tree, a watermark; false: a desk's scoped copy, which has holes and no tree
        bool acknowledges = true;  // false: a copy that is fetched again if it is lost; no watermark, and no wait for the disk
        std::uint32_t epoch = 0;   // of the log, written into the watermark
        std::optional<Hash> accept_head = {};  // the last leaf hash that somebody accepts although the watermark beside it is lost
        log::StreamOf stream_of = {};          // empty: the stream in the action's header
    };
    // Errc::corrupt, version, io, full. When the disk holds less or other than was acknowledged the log opens all the same, for
    // reading only: amnesia() says what is missing.
    static Result<std::unique_ptr<RocksLog>> open(Database& database, const std::filesystem::path& folder, const Options& options);
    ~RocksLog() override;

    // Why this log acknowledges nothing, in a sentence that says what to do; empty for a log that is whole. Never changes once
    // open.
    const std::optional<Error>& amnesia() const;
    // A lost watermark was replaced on opening, because Options::accept_head named what this log ends with.
    bool head_accepted() const;

    Position size() const override;
    // Besides what Log promises: Errc::amnesia; Errc::full with nothing written, and the next append may succeed; Errc::io, and the
    // process must end, for what is on disk is unknown until it is opened again.
    Result<void> append(std::span<const log::Event> events) override;
    Result<log::Event> at(Position position) const override;
    Result<std::vector<log::Event>> read(Position from, std::size_t events_max, std::size_t bytes_max) const override;
    Result<ScopedEvents> read_scopes(std::span<const log::ScopeCursor> cursors, std::size_t events_max,
                                     std::size_t bytes_max) const override;
    Result<std::vector<log::PushRecord>> pushes(const DeviceId& device, std::uint32_t epoch, std::uint64_t first_seq,
                                                std::uint64_t last_seq) const override;
    Result<std::vector<Position>> stream(const StreamId& stream) const override;
    const log::CompactTree& tree() const override;
    Result<Hash> node(unsigned level, std::uint64_t index) const override;

    // Brings the index of streams up to the log: the writer calls it after the answers are out. Waits until `events_min` events are
    // due; stream() is right either way, it reads what is not indexed yet.
    Result<void> index_streams(std::size_t events_min = 1024);

    // Settings of one log beside its events: durable on return, and under the watermark. Errc as append. For the writer.
    Result<void> put_meta(std::string_view key, ByteSpan value);
    // The same for what may lag behind the log: without waiting for the disk, and not under the watermark.
    Result<void> put_meta_later(std::string_view key, ByteSpan value);
    Result<Bytes> get_meta(std::string_view key) const;  // Errc::not_found

private:
    explicit RocksLog(std::unique_ptr<LogParts> parts);
    std::unique_ptr<LogParts> parts_;
};

}  // namespace hoso::io
