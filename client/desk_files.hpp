#pragma once

#include <map>
#include <set>

#include "client/files_policy.hpp"
#include "shared/io/blob_intake.hpp"
#include "shared/replica/state.hpp"
#include "shared/sync/client_session.hpp"

namespace hoso::client {

// The files of one desk: what lies here, what the province still lacks of it, and what this desk wants from there.
class DeskFiles {
public:
    // `folder` is the desk's; makes blobs/ in it. Settings that cannot be read are put aside. A blobs/ that cannot be opened stops
    // nobody: closed() says why, there is no file here then, and none is offered, asked for or kept.
    static Result<std::unique_ptr<DeskFiles>> open(const std::filesystem::path& folder, std::uint64_t reserve_bytes);

    const std::optional<Error>& closed() const { return closed_; }
    io::BlobStore& store() { return *store_; }
    const io::BlobStore& store() const { return *store_; }
    const FilesPolicy& policy() const { return policy_; }
    Result<void> set_policy(FilesPolicy policy);

    // A stream got an event that cites files, or that says that they are stored.
    void touched(const StreamId& stream) {
        if (!all_touched_) touched_.insert(stream);
    }
    void all_touched() { all_touched_ = true; }  // another copy of the log is folded

    // ---- for the link: one conversation at a time ------------------------------------------------------------------------
    void begin();  // what the province could not take or give last time is tried again
    // What to offer and to ask for now, as the settings allow: previews first.
    sync::client::Files look(const replica::State& confirmed, Instant now);
    // Nothing when it is not here, or when nothing may travel any more today.
    std::optional<sync::BlobChunk> read(const sync::client::ReadPiece& asked, Instant now);
    struct Kept {
        sync::client::PieceKept next;
        std::optional<Error> trouble{};  // full, io: that file waits, the others and all facts go on
    };
    Kept keep(const sync::BlobChunk& piece, Instant now);
    sync::client::PieceKept answered(const sync::client::FileAnswered& answer, Instant now);  // what to ask for instead
    // Asked now and then: true when the hours, the day or a while gone by let more travel than before.
    bool more_may_travel(Instant now);
    void heard(const sync::BlobWant& want);  // how much of it the province has

    // ---- for people ---------------------------------------------------------------------------------------------------
    struct Waiting {
        std::size_t files = 0;    // a file and its preview are one
        std::uint64_t bytes = 0;  // that the province does not have yet, as far as it said
        unsigned percent = 0;     // that it has of the file under way; 0: of none a part
        bool in_hours = true;     // by the settings, now
        bool day_spent = false;
        std::map<sync::BlobState, std::size_t> said;  // of those files, what the province answered
    };
    // Files that lie here, are cited by what this desk knows (also by what is not logged yet), and are not stored at the province.
    std::vector<log::FileId> waiting_files(const replica::State& confirmed, const replica::State& pending);
    Waiting waiting(const replica::State& confirmed, const replica::State& pending, Instant now);
    std::uint64_t left_of(const log::FileId& file) const;  // bytes that the province does not have yet, as far as it said
    // What became of an offer in the conversation that stands or was the last; empty: nothing yet.
    std::optional<sync::BlobState> answer_to(const log::FileId& file) const;

    // Originals that are to be fetched, also after a restart, until they are here.
    Result<void> want(const log::FileId& file);
    bool wanted(const log::FileId& file) const { return wanted_.contains(file); }

private:
    // Of one stream, in the order of its documents.
    struct Needs {
        struct Unstored {
            log::FileId file;
            log::FileId of;  // whose preview it is; the file itself otherwise
        };
        std::vector<Unstored> unstored;                // cited and not stored at the province
        std::vector<log::FileId> previews, originals;  // stored there
    };
    DeskFiles(const std::filesystem::path& folder, std::unique_ptr<io::BlobStore> store);
    // Files that lie here, are cited and are not stored at the province, with what each is of.
    std::map<log::FileId, log::FileId> awaited(const replica::State& confirmed, const replica::State& pending);
    static Needs needs_of(const domain::Product& product);
    void refresh(const replica::State& confirmed);
    void offer(const log::FileId& file, sync::client::Files& files);
    void fetch(const log::FileId& file, sync::client::Files& files, Instant now);
    bool spent(Instant now);
    void note(const io::BlobIntake::Step& step, const log::FileId& file, Instant now);
    std::optional<Error> forget_wanted(const log::FileId& file);
    void spend(std::uint64_t bytes, Instant now);
    Result<void> save();
    Result<void> load();
    bool read_settings(std::string_view text);  // false, and nothing changed, for what does not have its form

    std::filesystem::path file_;
    std::unique_ptr<io::BlobStore> store_;
    std::optional<Error> closed_;
    io::BlobIntake intake_;
    FilesPolicy policy_;
    FilesDay day_;
    std::set<log::FileId> wanted_;

    std::map<StreamId, Needs> needs_;  // of streams that have any
    std::set<StreamId> touched_;
    bool all_touched_ = true;

    std::map<log::FileId, sync::BlobState> answers_;  // of this conversation, for a while
    Instant answers_since_ = 0;
    bool may_travel_ = true;                           // when it was looked at last
    std::map<log::FileId, std::uint64_t> held_there_;  // bytes, of those not stored
};

}  // namespace hoso::client
