#include "client/audit/bundle.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "client/audit/comparing.hpp"
#include "shared/base/hash.hpp"
#include "shared/domain/action_codec.hpp"
#include "shared/domain/rules.hpp"
#include "shared/log/checkpoint.hpp"

namespace hoso::client::audit {
namespace {

constexpr std::string_view magic = "hosoaud1";
constexpr std::uint64_t note_bytes_max = 4096;
constexpr std::uint64_t rule_sets_max = 10'000;
constexpr std::uint32_t leaf_bytes_max = 128 * 1024;
constexpr Position progress_step = 4096;

using RuleSets = std::map<Hash, std::string>;  // published bytes by their hash

// The rule sets that the log's effective publications name.
Result<void> note_rules(const log::Event& event, RuleSets& rules) {
    if (event.head.outcome != 0) return {};
    const auto action = domain::decode(event.action);
    if (!action) return action.error();
    const auto* published = std::get_if<domain::RuleSetPublished>(&action->body);
    if (!published) return {};
    auto json = domain::unpacked_rules(published->json);
    if (!json) return json.error();
    rules[published->hash] = std::move(*json);
    return {};
}

// ---- writing --------------------------------------------------------------------------------------------------------

class Writer {
public:
    explicit Writer(const std::filesystem::path& file) : out_(file, std::ios::binary | std::ios::trunc) {}

    void put(ByteSpan bytes) {
        hash_.add(bytes);
        out_.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        bytes_ += bytes.size();
    }
    void number(std::uint64_t value, std::size_t size = 8) {
        Bytes bytes;
        append_le(bytes, value);
        put(ByteSpan(bytes).first(size));
    }
    void block(ByteSpan bytes) {
        number(bytes.size());
        put(bytes);
        put(Bytes((8 - bytes.size() % 8) % 8));
    }
    // Errc::full, io.
    Result<Hash> finish() {
        const Hash end = hash_.finish();
        out_.write(reinterpret_cast<const char*>(end.bytes.data()), static_cast<std::streamsize>(end.bytes.size()));
        bytes_ += end.bytes.size();
        out_.close();
        if (out_) return end;
        return Error{errno == ENOSPC ? Errc::full : Errc::io,
                     "The bundle could not be written: make room or choose another folder."};
    }
    std::uint64_t bytes() const { return bytes_; }

private:
    std::ofstream out_;
    Sha256 hash_;
    std::uint64_t bytes_ = 0;
};

struct Contents {
    std::string note;
    log::Checkpoint checkpoint;
    LogId log;
    RuleSets rules;
};

// Reads the log once, checks it, and gathers what stands before the events.
Result<Contents> contents_of(const StoredLog& log, const Progress& progress) {
    if (!log.whole())
        return Error{Errc::invalid, "This desk holds only its own units: export on a desk that follows the whole log."};
    Contents contents;
    auto note = log.checkpoint();
    if (!note) return note.error();
    if (note->empty())
        return Error{Errc::not_found, "No signed checkpoint of this log is here yet: sync first, and export on a desk."};
    contents.note = std::move(*note);
    Verifier verifier{[](Position) { return std::optional<Hash>{}; }, {}};
    std::optional<Error> wrong;
    const auto unreadable = log.read([&](Position position, ByteSpan leaf) {
        if (auto fault = verifier.take(leaf)) {
            wrong = Error{fault->code, "event " + std::to_string(fault->position) + ": " + fault->detail};
            return false;
        }
        if (verifier.size() == 1) {
            const auto& genesis = verifier.replica().state().registry.genesis;
            const auto opened = log::open_note(contents.note, genesis.origin, genesis.log_key);
            if (!opened) {
                wrong = opened.error();
                return false;
            }
            contents.checkpoint = *opened;
        }
        const auto event = log::decode_leaf(leaf);
        const auto noted = event ? note_rules(*event, contents.rules) : Result<void>{event.error()};
        if (!noted) wrong = noted.error();
        if (verifier.size() % progress_step == 0) progress(position, log.size());
        return !wrong && verifier.size() < contents.checkpoint.size;
    });
    if (wrong) return *wrong;
    if (verifier.size() < contents.checkpoint.size)
        return Error{unreadable ? unreadable->code : Errc::amnesia,
                     "The log is not here as far as its checkpoint: " + std::to_string(verifier.size()) + " of " +
                         std::to_string(contents.checkpoint.size) + " events."};
    if (verifier.root() != contents.checkpoint.root)
        return Error{Errc::corrupt, "The events here are not those that the checkpoint was signed for."};
    contents.log = verifier.replica().state().log;
    return contents;
}

// ---- reading --------------------------------------------------------------------------------------------------------

Fault fault_at(Position position, std::string detail) { return {position, position, Errc::corrupt, std::move(detail)}; }

class Reader {
public:
    explicit Reader(const std::filesystem::path& file) : in_(file, std::ios::binary) {}
    explicit operator bool() const { return static_cast<bool>(in_); }

    std::optional<Bytes> get(std::uint64_t bytes) {
        Bytes got(bytes);
        if (!in_.read(reinterpret_cast<char*>(got.data()), static_cast<std::streamsize>(bytes))) return std::nullopt;
        hash_.add(got);
        return got;
    }
    std::optional<std::uint64_t> number() {
        const auto bytes = get(8);
        return bytes ? std::optional{load_le<std::uint64_t>(bytes->data())} : std::nullopt;
    }
    std::optional<Hash> hash() {
        const auto bytes = get(32);
        if (!bytes) return std::nullopt;
        Hash made;
        std::copy(bytes->begin(), bytes->end(), made.bytes.begin());
        return made;
    }
    std::optional<Bytes> block(std::uint64_t bytes_max) {
        const auto size = number();
        if (!size || *size > bytes_max) return std::nullopt;
        auto bytes = get(*size);
        const auto padding = bytes ? get((8 - *size % 8) % 8) : std::nullopt;
        if (!padding || std::any_of(padding->begin(), padding->end(), [](Byte each) { return each != 0; })) return std::nullopt;
        return bytes;
    }
    // Its own end, and nothing behind it.
    bool ends() {
        const Hash expected = hash_.finish();
        const auto told = get(32);
        return told && std::equal(told->begin(), told->end(), expected.bytes.begin()) &&
               in_.peek() == std::ifstream::traits_type::eof();
    }

private:
    std::ifstream in_;
    Sha256 hash_;
};

struct Front {
    LogId log;
    std::uint64_t size = 0;
    std::string note;
    std::set<Hash> rules;
};

std::optional<Front> front_of(Reader& reader) {
    Front front;
    const auto begin = reader.get(magic.size());
    const auto log = begin && as_text(*begin) == magic ? reader.hash() : std::nullopt;
    const auto size = log ? reader.number() : std::nullopt;
    const auto note = size && *size > 0 ? reader.block(note_bytes_max) : std::nullopt;
    const auto count = note ? reader.number() : std::nullopt;
    if (!count || *count > rule_sets_max) return std::nullopt;
    std::copy(log->bytes.begin(), log->bytes.end(), front.log.bytes.begin());
    front.size = *size;
    front.note = std::string(as_text(*note));
    for (std::uint64_t i = 0; i < *count; ++i) {
        const auto hash = reader.hash();
        const auto json = hash ? reader.block(domain::rule_set_bytes_max) : std::nullopt;
        const bool after = front.rules.empty() || (hash && *front.rules.rbegin() < *hash);
        if (!json || !after || sha256(*json) != *hash) return std::nullopt;
        front.rules.insert(*hash);
    }
    return front;
}

// The next event's leaf; empty where the file holds no record there.
std::optional<Bytes> record_of(Reader& reader) {
    const auto head = reader.number();
    if (!head || *head > leaf_bytes_max || *head == 0) return std::nullopt;  // flags, the upper half, are 0
    return reader.get(*head);
}

}  // namespace

Result<Exported> export_bundle(const StoredLog& log, const std::filesystem::path& file, const Progress& progress) {
    const auto contents = contents_of(log, progress);
    if (!contents) return contents.error();
    const std::filesystem::path half = file.string() + ".part";
    std::error_code ignored;
    Writer out(half);
    out.put(as_bytes(magic));
    out.put(contents->log.bytes);
    out.number(contents->checkpoint.size);
    out.block(as_bytes(contents->note));
    out.number(contents->rules.size());
    for (const auto& [hash, json] : contents->rules) {
        out.put(hash.bytes);
        out.block(as_bytes(json));
    }
    std::uint64_t written = 0;
    log.read([&](Position, ByteSpan leaf) {
        out.number(leaf.size());  // flags 0 in the upper half
        out.put(leaf);
        return ++written < contents->checkpoint.size;
    });
    const auto end = out.finish();
    if (!end || written < contents->checkpoint.size) std::filesystem::remove(half, ignored);
    if (!end) return end.error();
    if (written < contents->checkpoint.size) return Error{Errc::io, "The log could not be read a second time: export again."};
    std::error_code failed;
    std::filesystem::rename(half, file, failed);
    if (failed) return Error{Errc::io, "The bundle could not be written: make room or choose another folder."};
    return Exported{contents->checkpoint.size, out.bytes(), contents->checkpoint.root, *end};
}

Result<Verified> verify_bundle(const std::filesystem::path& file, const Known& known, const Progress& progress) {
    Reader reader(file);
    if (!reader) return Error{Errc::not_found, "There is no file " + file.string() + "."};
    Verified done;
    const auto front = front_of(reader);
    if (!front) {
        done.fault = fault_at(0, "the file does not begin as an audit bundle does");
        return done;
    }
    Verifier verifier{[](Position) { return std::optional<Hash>{}; }, {}};
    RuleSets published;
    while (!done.fault && verifier.size() < front->size) {
        const Position here = verifier.size();
        const auto leaf = record_of(reader);
        done.fault = leaf ? verifier.take(*leaf) : fault_at(here, "the file holds no event there");
        if (!done.fault && here == 0) done.fault = other_log(known, verifier);
        if (!done.fault && here == 0 && verifier.replica().state().log != front->log)
            done.fault = fault_at(0, "its genesis is not that of the log it names");
        if (done.fault) break;
        const auto event = log::decode_leaf(*leaf);
        if (const auto noted = event ? note_rules(*event, published) : Result<void>{event.error()}; !noted)
            done.fault = fault_at(here, noted.error().detail);
        if (here % progress_step == 0) progress(here, front->size);
    }
    if (!done.fault) done.fault = verifier.finish();
    if (!done.fault && !reader.ends()) done.fault = fault_at(verifier.size(), "the file does not end with its own hash");
    if (!done.fault) {
        const bool same =
            published.size() == front->rules.size() &&
            std::all_of(published.begin(), published.end(), [&](const auto& each) { return front->rules.contains(each.first); });
        if (!same) done.fault = fault_at(verifier.size(), "the rule sets in the file are not those that were published");
    }
    if (!done.fault) done.fault = compare({"its own signed checkpoint", front->note}, verifier, done.checkpoint_size);
    if (!done.fault && done.checkpoint_size != front->size)
        done.fault = fault_at(verifier.size(), "its checkpoint is of " + std::to_string(done.checkpoint_size) + " events");
    for (const Known::Note& note : known.notes) {
        if (!done.fault) done.fault = compare(note, verifier, done.checkpoint_size);
    }
    tell(verifier, done);
    return done;
}

}  // namespace hoso::client::audit
