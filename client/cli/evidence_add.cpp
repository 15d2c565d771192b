#include <algorithm>

#include "client/cli/case_file.hpp"
#include "client/cli/error_words.hpp"
#include "client/cli/evidence_commands.hpp"
#include "client/cli/recording.hpp"
#include "client/media/media.hpp"
#include "client/text/unicode.hpp"
#include "client/views/parts.hpp"
#include "shared/domain/files.hpp"

// Everything that could be refused is looked at before a file is kept, and everything is kept before anything is signed.
namespace hoso::client::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t folder_files_max = 1'000;

// The files named; of a folder those in it, by name. Errc::not_found, invalid, limit.
Result<std::vector<fs::path>> files_named(const std::vector<std::string>& names) {
    std::vector<fs::path> files;
    for (const std::string& name : names) {
        std::error_code failed;
        if (!fs::is_directory(name, failed)) {
            files.emplace_back(name);
            continue;
        }
        std::vector<fs::path> inside;
        for (auto entry = fs::directory_iterator(name, failed); !failed && entry != fs::directory_iterator();
             entry.increment(failed)) {
            if (entry->is_regular_file(failed) && !entry->path().filename().string().starts_with('.'))
                inside.push_back(entry->path());
        }
        if (failed) return Error{Errc::io, "The folder " + name + " cannot be read: " + failed.message() + "."};
        if (inside.empty()) return Error{Errc::not_found, "The folder " + name + " holds no file."};
        std::sort(inside.begin(), inside.end());
        files.insert(files.end(), inside.begin(), inside.end());
        if (files.size() > folder_files_max) return Error{Errc::limit, "At most 1000 files are added by one command."};
    }
    return files;
}

std::string megabytes(std::uint64_t bytes) {
    const std::uint64_t tenths = bytes * 10 / 1'000'000;
    return std::to_string(tenths / 10) + "," + std::to_string(tenths % 10) + " MB";
}

struct Source {
    fs::path path;
    std::string type;
    std::uint64_t size = 0;
};

// By size and content, as the regulation allows. Errc::not_found, invalid, limit, denied, io.
Result<Source> look_at(const fs::path& path, const domain::FileRules& rules) {
    std::error_code failed;
    if (!fs::exists(path, failed)) return Error{Errc::not_found, "There is no file " + path.string() + "."};
    if (!fs::is_regular_file(path, failed)) return Error{Errc::invalid, path.string() + " is no file."};
    Source source{path, {}, fs::file_size(path, failed)};
    if (failed) return Error{Errc::io, path.string() + " cannot be read: " + failed.message() + "."};
    if (source.size == 0) return Error{Errc::invalid, path.string() + " is empty: it has 0 bytes."};
    const std::uint64_t most = rules.bytes_max > 0 ? rules.bytes_max : log::file_bytes_max;
    if (source.size > most)
        return Error{Errc::limit, path.string() + " has " + megabytes(source.size) + ", more than the " + megabytes(most) +
                                      " that a file may have."};
    auto type = media::media_type(path);
    if (!type) return type.error();
    const auto& types = rules.media_types;
    if (!types.empty() && std::find(types.begin(), types.end(), *type) == types.end()) {
        std::string allowed;
        for (const std::string& each : types) allowed += (allowed.empty() ? "" : ", ") + each;
        return Error{Errc::invalid, path.string() + " is of the type " + *type + "; the regulation takes " + allowed + "."};
    }
    source.type = std::move(*type);
    return source;
}

// What was kept for an action that is not recorded after all goes again.
class Kept {
public:
    explicit Kept(io::BlobStore& store) : store_(store) {}
    Kept(const Kept&) = delete;
    Kept& operator=(const Kept&) = delete;
    ~Kept() {
        for (const Hash& root : fresh_) {
            if (!store_.evict(root)) return;
        }
    }
    template <typename From>
    Result<log::FileId> add(const From& from, const io::BlobStore::Progress& progress = {}) {
        const std::size_t before = store_.count();
        Result<log::FileId> added = [&] {
            if constexpr (std::is_same_v<From, fs::path>) return store_.add(from, progress);
            if constexpr (!std::is_same_v<From, fs::path>) return store_.add(ByteSpan{from});
        }();
        if (added && store_.count() > before) fresh_.push_back(added->root);
        return added;
    }
    void stay() { fresh_.clear(); }

private:
    io::BlobStore& store_;
    std::vector<Hash> fresh_;
};

struct Adding {
    Session& session;
    const CaseFile& file;
    const Arguments& arguments;
    Kept kept;
    std::vector<domain::FileReference> files = {};
    json::array shown = {};
};

Result<void> cite(Adding& adding, const log::FileId& id, const std::string& type, const Source& source, bool original) {
    adding.files.push_back({id.root, id.size, type, adding.arguments.text("document")});
    json::object row{
        {"file", id.root.hex()}, {"bytes", id.size}, {"media_type", type}, {"name", nfc(source.path.filename().string())}};
    if (original && id.size != source.size) row["bytes_before"] = source.size;
    if (!adding.arguments.flag("no-preview")) {
        const auto made = media::preview(source.path, source.type);
        if (made) {
            const auto preview = adding.kept.add(*made);
            if (!preview) return preview.error();
            adding.files.push_back({preview->root, preview->size, domain::preview_type, domain::preview_role});
            row["preview"] = preview->root.hex();
        } else if (made.error().code != Errc::not_found) {
            // A paper that cannot be drawn is a paper all the same; whoever files it must know.
            const std::string why = explained(adding.session.out.language(), made.error().detail);
            row["preview_trouble"] = why;
            adding.session.out.say(source.path.filename().string() + ": " + why);
        }
    }
    adding.shown.push_back(std::move(row));
    return {};
}

Result<void> add_one(Adding& adding, const Source& source) {
    const auto progress = [&](std::uint64_t done, std::uint64_t size) {
        if (size > 64 << 20 && done % (64 << 20) == 0)
            adding.session.out.progress(source.path.filename().string() + ": " + megabytes(done) + " / " + megabytes(size));
        return !adding.session.out.gone();
    };
    const bool picture = source.type == "image/jpeg" || source.type == "image/png";
    if (adding.arguments.flag("scale") && picture) {
        const auto smaller = media::scaled(source.path, source.type);
        if (!smaller) return smaller.error();
        if (adding.file.rules->files.keeps_originals) {
            const auto original = adding.kept.add(source.path, progress);
            if (!original) return original.error();
            if (auto cited = cite(adding, *original, source.type, source, false); !cited) return cited;
        }
        const auto id = adding.kept.add(*smaller);
        if (!id) return id.error();
        const bool as_before = smaller->size() >= 4 && (*smaller)[0] != 0xFF;  // a PNG that a JPEG would not make smaller
        return cite(adding, *id, as_before ? source.type : "image/jpeg", source, true);
    }
    const auto id = adding.kept.add(source.path, progress);
    if (!id) return id.error();
    return cite(adding, *id, source.type, source, true);
}

}  // namespace

Result<int> add_evidence(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    const auto actor = session.actor();
    if (!actor) return actor.error();
    const auto paths = files_named(arguments.list("FILE"));
    if (!paths) return paths.error();
    std::vector<Source> sources;
    for (const fs::path& path : *paths) {
        auto source = look_at(path, file->rules->files);
        if (!source) return source.error();
        sources.push_back(std::move(*source));
    }
    domain::DocumentAdded action{file->dossier.id, arguments.text("document"), nfc(arguments.text("title")),
                                 arguments.list("criteria")};
    if (action.title.empty() && sources.size() == 1) action.title = nfc(sources.front().path.filename().string());
    Proposal proposal{action, file->product.id, *actor, {}};
    // Refused without its files, it would be refused with them.
    if (const domain::Verdict verdict = session.desk.preview(proposal);
        verdict.outcome == domain::Outcome::voided && !session.globals.force)
        return Error{Errc::denied, std::string(name(verdict.reason)) + ": nothing was recorded, and no file was kept."};
    if (session.globals.dry_run) {
        session.out.object({{"recorded", false}, {"preview", views::verdict(session.desk.preview(proposal))}});
        return 0;
    }
    Adding adding{session, *file, arguments, Kept(session.desk.files().store())};
    for (const Source& source : sources) {
        if (auto added = add_one(adding, source); !added) return added.error();
    }
    if (adding.files.size() > domain::document_files_max) {
        return Error{Errc::limit,
                     std::to_string(sources.size()) +
                         " files are more than one document may have with their previews: add them in several documents."};
    }
    proposal.files = std::move(adding.files);
    json::object ids = ids_of(*file);
    ids["files"] = std::move(adding.shown);
    const auto recorded = session.desk.record(proposal, options_of(session, proposal, ids));
    if (!recorded) return recorded.error();
    adding.kept.stay();
    for (auto& member : answer(proposal, *recorded)) ids.emplace(member.key(), member.value());
    session.out.object(std::move(ids));
    return 0;
}

}  // namespace hoso::client::cli
