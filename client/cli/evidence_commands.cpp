#include "client/cli/evidence_commands.hpp"

#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/file_bundle.hpp"
#include "client/views/evidence.hpp"
#include "shared/domain/files.hpp"

namespace hoso::client::cli {
namespace {

constexpr std::uint64_t wait_seconds_max = 24 * 3600;
constexpr int wait_seconds = 60;

views::AskHere here(const Session& session) {
    DeskFiles& files = session.desk.files();
    return [&files](const log::FileId& file) { return views::Here{files.store().held_bytes(file), files.left_of(file)}; };
}

json::object row_of(const log::FileId& file) { return {{"file", file.root.hex()}, {"bytes", file.size}}; }

// Without the folder of files nothing about them can be said.
template <Result<int> (*verb)(Session&, const Arguments&)>
Result<int> with_files(Session& session, const Arguments& arguments) {
    if (const auto& closed = session.desk.files().closed()) return *closed;
    return verb(session, arguments);
}

// Sends and receives until the file is here, or the time is over.
Result<void> queue(Session& session, const log::FileId& file) {
    if (auto wanted = session.desk.files().want(file); !wanted) return wanted.error();
    session.desk.files_changed();
    return {};
}

Result<void> fetch(Session& session, const log::FileId& file, std::uint64_t seconds) {
    DeskFiles& files = session.desk.files();
    if (auto queued = queue(session, file); !queued) return queued;
    std::uint64_t told = ~std::uint64_t{0};
    std::string trouble;
    const auto tell = [&](const Progress& progress) {
        trouble = progress.file_trouble;
        const std::uint64_t held = files.store().held_bytes(file);
        if (std::exchange(told, held) == held) return;
        session.out.progress(session.out.pick("đã nhận ", "received ") + std::to_string(held) + "/" + std::to_string(file.size));
    };
    if (const auto done = session.link.sync(static_cast<int>(seconds), tell); !done) return done.error();
    if (files.store().is_whole(file)) return {};
    const auto waiting = files.waiting(session.desk.confirmed().state(), session.desk.pending().state(), session.desk.now());
    if (!trouble.empty()) return Error{Errc::full, trouble};
    if (waiting.day_spent || !waiting.in_hours)
        return Error{Errc::unreachable,
                     "The file waits: by this desk's settings files do not travel now. See hoso evidence settings."};
    return Error{Errc::not_found, "The province does not hold this file yet: it comes here once some desk has sent it."};
}

}  // namespace

Result<int> list_evidence(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    session.out.rows(views::evidence(*session.look().product(*product), here(session)),
                     {"document", "title", "bytes", "media_type", "state", "left_bytes", "here", "file"},
                     {"document", "title", "criteria", "bytes", "media_type", "state", "left_bytes", "here", "file", "preview"});
    return 0;
}

Result<int> show_evidence(Session& session, const Arguments& arguments) {
    const auto file = views::find_file(session.look(), arguments.text("FILE"));
    if (!file) return file.error();
    json::object out = row_of(*file);
    const views::Here held = here(session)(*file);
    out["here_bytes"] = held.held;
    out["wanted"] = session.desk.files().wanted(*file);
    out["citations"] = views::citations(session.look(), file->root, here(session));
    if (const auto said = session.desk.files().answer_to(*file)) out["province_said"] = sync::name(*said);
    session.out.object(std::move(out));
    return 0;
}

Result<int> get_evidence(Session& session, const Arguments& arguments) {
    const auto file = views::find_file(session.look(), arguments.text("FILE"));
    if (!file) return file.error();
    const std::string out_path = arguments.text("out");
    std::error_code failed;
    if (std::filesystem::is_directory(out_path, failed))
        return Error{Errc::invalid, "--out " + out_path + " is a folder: name the file to be written, such as " +
                                        (std::filesystem::path(out_path) / file->root.hex().substr(0, 8)).string() + "."};
    const auto seconds = arguments.number_up_to("wait", wait_seconds_max, wait_seconds);
    if (!seconds) return seconds.error();
    io::BlobStore& store = session.desk.files().store();
    json::object out = row_of(*file);
    if (!store.is_whole(*file) && *seconds == 0) {
        if (auto queued = queue(session, *file); !queued) return queued.error();
        out["queued"] = true;
        out["here_bytes"] = store.held_bytes(*file);
        session.out.object(std::move(out));
        return 0;
    }
    if (!store.is_whole(*file)) {
        if (auto fetched = fetch(session, *file, *seconds); !fetched) return fetched.error();
    }
    if (arguments.has("out")) {
        if (auto copied = store.copy_out(file->root, out_path, session.globals.force); !copied) return copied.error();
        out["written"] = out_path;
    }
    session.out.object(std::move(out));
    return 0;
}

// Every byte on this desk's disk again; what changed is set aside, and comes again from the province.
Result<int> verify_evidence(Session& session, const Arguments&) {
    io::BlobStore& store = session.desk.files().store();
    json::array damaged;
    std::uint64_t bytes = 0;
    const auto files = store.files();
    for (std::size_t i = 0; i < files.size(); ++i) {
        bytes += files[i].size;
        if (const auto checked = store.check(files[i].root); !checked) {
            if (checked.error().code != Errc::corrupt) return checked.error();
            damaged.push_back(row_of(files[i]));
        }
        if (i % 100 == 99) session.out.progress(std::to_string(i + 1) + "/" + std::to_string(files.size()));
        if (session.out.gone()) return 0;
    }
    const bool sound = damaged.empty();
    session.out.object({{"files", files.size()}, {"bytes", bytes}, {"damaged", std::move(damaged)}});
    if (sound) return 0;
    return Error{Errc::corrupt,
                 "Files on this disk have changed: they were set aside in blobs/damaged. What the province holds can be fetched "
                 "again with hoso evidence get."};
}

// Only what the province has whole; previews stay.
Result<int> evict_evidence(Session& session, const Arguments& arguments) {
    const auto megabytes = arguments.number_up_to("keep", 1'000'000'000);
    if (!megabytes) return megabytes.error();
    const std::uint64_t keep = *megabytes * 1'000'000;
    DeskFiles& files = session.desk.files();
    std::map<Hash, bool> stored;  // by every product that cites it
    session.look().each<domain::Product>([&](const domain::Product& product) {
        for (const auto& [root, cited] : product.files) {
            const auto known = stored.try_emplace(root, true).first;
            known->second = known->second && cited.stored != no_position;
        }
    });
    std::uint64_t held = 0, freed = 0;
    std::size_t count = 0;
    const auto here_now = files.store().files();
    for (const log::FileId& file : here_now) held += file.size;
    for (const log::FileId& file : here_now) {
        if (held - freed <= keep) break;
        const auto known = stored.find(file.root);
        const bool cited = known != stored.end();  // else it was kept for a document that came to nothing
        if (cited && (file.size <= domain::preview_bytes_max || !known->second)) continue;
        if (auto gone = files.store().evict(file.root); !gone) return gone.error();
        freed += file.size;
        ++count;
    }
    session.out.object({{"files", count}, {"bytes", freed}, {"here_bytes", held - freed}});
    return 0;
}

namespace {

constexpr std::uint64_t stick_megabytes = 4'000;  // what FAT holds in a file

// For a desk without a line: on sticks that any desk takes in, to send them or to keep them.
Result<int> pack_evidence(Session& session, const Arguments& arguments) {
    const auto megabytes = arguments.number_up_to("megabytes", 1'000'000, stick_megabytes);
    if (!megabytes) return megabytes.error();
    DeskFiles& files = session.desk.files();
    const auto waiting = files.waiting_files(session.desk.confirmed().state(), session.desk.pending().state());
    if (waiting.empty()) return Error{Errc::not_found, "No file waits to be sent: there is nothing to pack."};
    const auto packed = pack_files(files.store(), waiting, arguments.text("OUT"), *megabytes * 1'000'000);
    if (!packed) return packed.error();
    json::array parts;
    for (const auto& part : packed->parts) parts.push_back(json::string(part.string()));
    session.out.object({{"files", packed->files}, {"bytes", packed->bytes}, {"parts", std::move(parts)}});
    return 0;
}

Result<int> unpack_evidence(Session& session, const Arguments& arguments) {
    const views::Look look = session.look();
    std::map<Hash, std::uint64_t> known;
    look.each<domain::Product>([&](const domain::Product& product) {
        for (const auto& [root, cited] : product.files) known.emplace(root, cited.size);
    });
    const auto cited = [&](const log::FileId& file) {
        const auto found = known.find(file.root);
        return found != known.end() && found->second == file.size;
    };
    Unpacked all;
    for (const std::string& part : arguments.list("FILE")) {
        const auto done = unpack_files(session.desk.files().store(), part, cited);
        if (!done) return done.error();
        all.files += done->files;
        all.bytes += done->bytes;
        all.left += done->left;
    }
    session.desk.files_changed();
    session.out.object({{"files", all.files}, {"bytes", all.bytes}, {"not_cited_bytes", all.left}});
    return 0;
}

Result<int> set_files(Session& session, const Arguments& arguments) {
    FilesPolicy policy = session.desk.files().policy();
    const std::string originals = arguments.text("originals", policy.all_originals ? "all" : "demand");
    if (originals != "all" && originals != "demand") return Error{Errc::invalid, "--originals is all or demand."};
    policy.all_originals = originals == "all";
    if (arguments.has("previews")) policy.previews = arguments.yes("previews");
    if (arguments.has("megabytes-per-day")) {
        const auto megabytes = arguments.number_up_to("megabytes-per-day", 1'000'000);
        if (!megabytes) return megabytes.error();
        policy.bytes_per_day = *megabytes * 1'000'000;
    }
    if (arguments.has("hours")) {
        if (auto set = set_hours(policy, arguments.text("hours")); !set) return set.error();
    }
    if (!(policy == session.desk.files().policy())) {
        if (auto saved = session.desk.files().set_policy(policy); !saved) return saved.error();
        session.desk.files_changed();
    }
    const auto waiting =
        session.desk.files().waiting(session.desk.confirmed().state(), session.desk.pending().state(), session.desk.now());
    session.out.object({{"originals", policy.all_originals ? "all" : "demand"},
                        {"previews", policy.previews},
                        {"bytes_per_day", policy.bytes_per_day},
                        {"hours", hours_text(policy)},
                        {"travels_now", waiting.in_hours && !waiting.day_spent},
                        {"files_waiting", waiting.files},
                        {"left_bytes", waiting.bytes}});
    return 0;
}

}  // namespace

std::vector<Verb> evidence_verbs() {
    const Option product{"PRODUCT", Kind::text, true, "Id, code or name; its dossier under way is meant"};
    const Option file{"FILE", Kind::text, true, "The file's 64 hex digits, or at least the first 8"};
    return {
        {"evidence",
         "add",
         "Papers and photos for a document of the dossier: kept on this desk, sent when it is connected",
         "evidence add \"Chè Shan tuyết\" --document quality_declaration --title \"Bản tự công bố\" cong-bo.pdf\n"
         "evidence add 17-150-04831-1 --document environment --criteria 2.1 --scale photos/ --json",
         {product,
          {"FILE", Kind::files, true, "Files, or folders of files"},
          {"document", Kind::text, true, "Key of the paper or evidence, from ruleset show"},
          {"title", Kind::text, false, "What it is; of a single file its name otherwise"},
          {"criteria", Kind::list, false, "Criteria it is evidence for"},
          {"scale", Kind::flag, false, "Photos: upright, at most 1920 px, without place and device"},
          {"no-preview", Kind::flag, false, "Without the small pictures that travel first"}},
         with_files<add_evidence>},
        {"evidence",
         "list",
         "The files of a product's dossiers, and where they are",
         "evidence list \"Chè Shan tuyết\"\nevidence list ID --json",
         {product},
         with_files<list_evidence>},
        {"evidence",
         "show",
         "A file: which documents cite it, and where it is",
         "evidence show 3f9a01cc\nevidence show 3f9a01cc --json",
         {file},
         with_files<show_evidence>},
        {"evidence",
         "get",
         "Fetch a file from the province, or write it out",
         "evidence get 3f9a01cc --out cong-bo.pdf\nevidence get 3f9a01cc --wait 0 --json",
         {file,
          {"out", Kind::file, false, "Where it is written; not over a file, unless --force"},
          {"wait", Kind::number, false, "Seconds for it to come; 60 otherwise, 0: later"}},
         with_files<get_evidence>},
        {"evidence",
         "verify",
         "Read every file on this desk again and compare it with its name",
         "evidence verify\nevidence verify --json",
         {},
         with_files<verify_evidence>},
        {"evidence",
         "evict",
         "Remove originals that the province holds, to free this disk; they can be fetched again",
         "evidence evict\nevidence evict --keep 500 --json",
         {{"keep", Kind::number, false, "Megabytes that may stay; 0 otherwise"}},
         with_files<evict_evidence>},
        {"evidence",
         "pack",
         "Write the files that wait to be sent into parts for USB sticks",
         "evidence pack /media/usb/tu-ly\nevidence pack tu-ly --megabytes 500 --json",
         {{"OUT", Kind::file, true, "The parts are called OUT.001, OUT.002, ..."},
          {"megabytes", Kind::number, false, "Of a part, at most; 4000 otherwise"}},
         with_files<pack_evidence>},
        {"evidence",
         "unpack",
         "Take in parts from a stick, in any order: what this desk knows of is kept, and sent when it is connected",
         "evidence unpack /media/usb/tu-ly.001 /media/usb/tu-ly.002\nevidence unpack tu-ly.001 --json",
         {{"FILE", Kind::files, true, "Parts"}},
         with_files<unpack_evidence>},
        {"evidence",
         "settings",
         "When files travel, and which are kept here",
         "evidence settings\nevidence settings --hours 18:00-06:00 --megabytes-per-day 200 --originals demand --json",
         {{"originals", Kind::text, false, "all: of this desk's units; demand: those asked for"},
          {"previews", Kind::yes_no, false, "Whether small pictures are fetched"},
          {"megabytes-per-day", Kind::number, false, "Both ways; 0: no limit"},
          {"hours", Kind::text, false, "FROM-TO such as 18:00-06:00, when originals travel; or always"}},
         set_files},
    };
}

}  // namespace hoso::client::cli
