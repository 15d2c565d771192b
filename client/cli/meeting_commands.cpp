#include <algorithm>

#include "client/cli/careful.hpp"
#include "client/cli/choices.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"
#include "client/views/council_views.hpp"
#include "client/views/dossier_parts.hpp"
#include "shared/domain/tally.hpp"

namespace hoso::client::cli {
namespace {

// The private half goes, sealed, to every key of the chair and of the secretary: a post may have a key on several desks.
std::vector<domain::SealedKey> seal_to_officers(const domain::Registry& registry, const domain::Council& council,
                                                const BoxPrivateKey& key) {
    std::vector<domain::SealedKey> sealed;
    for (const domain::CouncilMember& member : council.members) {
        if (member.seat != domain::Seat::chair && member.seat != domain::Seat::secretary) continue;
        for (const auto& [device_id, device] : registry.devices) {
            const auto held = device.officers.find(member.account);
            if (held == device.officers.end()) continue;
            if (const auto box = to_box_key(held->second)) sealed.push_back({member.account, io::seal_box(*box, key.span())});
        }
    }
    return sealed;
}

Result<int> open_meeting(Session& session, const Arguments& arguments) {
    const auto council = find_council(session.registry(), arguments.text("council"));
    if (!council) return council.error();
    const BoxPrivateKey key = io::new_box_key();
    domain::MeetingOpened action;
    action.meeting = io::uuid_v7(session.desk.now());
    action.council = *council;
    action.date = arguments.date("date", session.today());
    action.public_key = box_public_key(key);
    action.sealed_keys = seal_to_officers(session.registry(), session.registry().councils.at(*council), key);
    if (action.sealed_keys.empty()) {
        return Error{
            Errc::conflict,
            "Neither the chair nor the secretary has a key on any desk that is known here: nobody could close the meeting."};
    }
    const auto form = meeting_form_from(arguments.text("form", "in-person"));
    if (!form) return form.error();
    action.form = *form;
    for (const std::string& product : arguments.list("dossier")) {
        const auto file = open_case(session, product);
        if (!file) return file.error();
        if (const auto once = check_once(action.dossiers, *file); !once) return once.error();
        action.dossiers.push_back({file->product.id, file->dossier.id});
    }
    json::object ids{{"meeting", action.meeting.hex()}, {"council", council->hex()}, {"dossier_count", action.dossiers.size()}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> submit_sheet(Session& session, const Arguments& arguments) {
    const auto meeting = find_meeting(session.registry(), arguments.text("MEETING"));
    if (!meeting) return meeting.error();
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    if (file->set->criteria.empty()) return no_sheet(*file);
    const auto options = whole_options_from(*file, arguments, all_criteria(*file));
    if (!options) return options.error();
    if (!domain::options_hold(*file->set, *options)) {
        return Error{Errc::invalid, "The sheet does not hold: one option for each of " +
                                        std::to_string(file->set->criteria.size()) + " criteria, each offered by it."};
    }
    const auto actor = session.actor();
    if (!actor) return actor.error();
    const domain::Sheet sheet{*meeting, file->product.id, file->dossier.id, *actor, *options};
    const Bytes sealed = io::seal_box(session.registry().meetings.at(*meeting).public_key, domain::encode(sheet));
    json::object ids{{"meeting", meeting->hex()},
                     {"product", file->product.id.hex()},
                     {"dossier", file->dossier.id.hex()},
                     {"total", views::points_text(domain::total(*file->set, *options))}};
    views::mark_illustrative(ids, file->rules.get());
    return record(session, domain::SheetSubmitted{file->dossier.id, *meeting, sealed}, file->product.id, std::move(ids));
}

Result<BoxPrivateKey> meeting_key(const Session& session, const domain::Meeting& meeting, const AccountId& actor) {
    const SigningKey* officer = session.desk.officer_key(actor);
    for (const domain::SealedKey& sealed : meeting.sealed_keys) {
        if (sealed.account != actor || !officer) continue;
        const auto plain = open_sealed(officer->box_private_key(), sealed.ciphertext);
        if (!plain) continue;  // sealed to this officer's key on another desk
        if (const auto key = BoxPrivateKey::from(*plain)) return *key;
    }
    return Error{Errc::denied,
                 "The meeting's key was not sealed to this officer's key on this desk: its chair or secretary closes it."};
}

Result<int> close_meeting(Session& session, const Arguments& arguments) {
    const auto id = find_meeting(session.registry(), arguments.text("MEETING"));
    if (!id) return id.error();
    const auto actor = session.actor();
    if (!actor) return actor.error();
    const views::Look look = session.look();
    const domain::Meeting& meeting = look.registry().meetings.at(*id);
    const auto key = meeting_key(session, meeting, *actor);
    if (!key) return key.error();
    domain::MeetingClosed action{*id, *key, {}};
    for (const domain::DossierReference& listed : meeting.dossiers) {
        const domain::Product* product = look.product(listed.product);
        const domain::Dossier* dossier = product ? product->dossier(listed.dossier) : nullptr;
        if (!dossier)
            return Error{Errc::not_found,
                         "A product of this meeting is not on this desk: close it on a desk that follows them all."};
        const auto sheets = dossier->sheets.find(*id);
        if (sheets == dossier->sheets.end()) continue;
        for (const auto& [author, sheet] : sheets->second) action.sheets.push_back(sheet.action);
    }
    std::sort(action.sheets.begin(), action.sheets.end());
    json::object ids{{"meeting", id->hex()}, {"sheets", action.sheets.size()}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> tally_dossier(Session& session, const Arguments& arguments) {
    const auto id = find_meeting(session.registry(), arguments.text("MEETING"));
    if (!id) return id.error();
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    const domain::Meeting meeting = session.registry().meetings.at(*id);
    if (!meeting.closed) return Error{Errc::conflict, "meeting_open: close the meeting first; its sheets are sealed until then."};
    const auto opened = domain::open_sheets(session.registry(), file->product, file->dossier, meeting);
    const auto grade = domain::grade_sheets(*file->rules, *file->set, opened);
    if (!grade) return Error{Errc::conflict, "quorum_not_met: no valid sheet was handed in for this dossier."};
    domain::Tallied action{file->dossier.id, *id, file->stage().key, domain::digest(file->dossier),
                           grade->sheets,    {},  grade->stars};
    domain::Tally shown{action.stage, *id, grade->sheets, grade->sums, grade->stars, {}};
    for (const domain::PointsSum sum : grade->sums) action.sums.push_back(static_cast<std::uint32_t>(sum));
    json::object ids = views::tally(shown);
    ids["product"] = file->product.id.hex();
    ids["dossier"] = file->dossier.id.hex();
    ids["stars_by_points"] = grade->stars_by_points;
    json::array missed;
    for (const std::size_t index : grade->gates_missed) missed.push_back(json::string(file->set->criteria[index].no));
    ids["gates_missed"] = std::move(missed);
    views::mark_illustrative(ids, file->rules.get());
    return record(session, std::move(action), file->product.id, std::move(ids));
}

// "A=28.5,B=19.25,C=30" in the order of the sheet's sections.
Result<std::vector<std::uint32_t>> averages_from(const domain::ProductSet& set, const std::vector<std::string>& given) {
    std::vector<std::uint32_t> averages;
    for (const domain::Section& section : set.sections) {
        const auto named =
            std::find_if(given.begin(), given.end(), [&](const std::string& text) { return text.starts_with(section.key + "="); });
        const auto points = named == given.end() ? std::nullopt : points_from_text(named->substr(section.key.size() + 1));
        if (!points) {
            return Error{Errc::invalid, "--average takes one average for each section of the sheet: " + section.key +
                                            "=POINTS, of at most " + views::points_text(section.points_max) + "."};
        }
        averages.push_back(*points);
    }
    if (averages.size() != given.size())
        return Error{Errc::invalid, "--average names a section that the sheet does not have, or one twice."};
    return averages;
}

Result<int> tally_paper(Session& session, const Arguments& arguments) {
    const auto file = open_case(session, arguments.text("PRODUCT"));
    if (!file) return file.error();
    const auto council = find_council(session.registry(), arguments.text("council"));
    if (!council) return council.error();
    const auto scan = hash_of_file(arguments, "file");
    if (!scan) return scan.error();
    auto averages = averages_from(*file->set, arguments.list("average"));
    if (!averages) return averages.error();
    const auto sheets = arguments.number_as<std::uint16_t>("sheets");
    if (!sheets) return sheets.error();
    const auto stars = arguments.number_as<std::uint8_t>("stars");
    if (!stars) return stars.error();
    domain::PaperTallied action{file->dossier.id,
                                *council,
                                file->stage().key,
                                domain::digest(file->dossier),
                                arguments.text("minutes"),
                                *scan,
                                arguments.date("date", session.today()),
                                *sheets,
                                std::move(*averages),
                                *stars};
    json::object ids{{"product", file->product.id.hex()},
                     {"dossier", file->dossier.id.hex()},
                     {"paper", action.minutes},
                     {"stars", action.stars}};
    views::mark_illustrative(ids, file->rules.get());
    return record(session, std::move(action), file->product.id, std::move(ids));
}

Result<int> show_meeting(Session& session, const Arguments& arguments) {
    const auto id = find_meeting(session.registry(), arguments.text("MEETING"));
    if (!id) return id.error();
    const views::Look look = session.look();
    session.out.object(views::meeting(look, look.registry().meetings.at(*id)));
    return 0;
}

Result<int> file_minutes(Session& session, const Arguments& arguments) {
    const auto id = find_meeting(session.registry(), arguments.text("MEETING"));
    if (!id) return id.error();
    const auto document = hash_of_file(arguments, "document");
    if (!document) return document.error();
    domain::MinutesFiled action{*id, arguments.text("number"), arguments.date("date", session.today()), arguments.text("text"),
                                *document};
    return record(session, std::move(action), registry_stream, {{"meeting", id->hex()}, {"number", arguments.text("number")}});
}

Result<int> list_meetings(Session& session, const Arguments&) {
    session.out.rows(views::meetings(session.registry()),
                     {"path", "unit_name", "stage", "date", "form", "closed", "dossier_count", "meeting"});
    return 0;
}

}  // namespace

std::vector<Verb> meeting_verbs() {
    const Option meeting{"MEETING", Kind::text, true, "Id"};
    const Option product{"PRODUCT", Kind::text, true, "Id, code or name"};
    return {
        {"meeting",
         "open",
         "Open a council's meeting over dossiers",
         "meeting open --council ID --dossier \"Chè Shan tuyết\"\nmeeting open --council ID --dossier PRODUCT --dossier PRODUCT "
         "--date 2023-10-20",
         {{"council", Kind::text, true, "Id"},
          {"dossier", Kind::list, true, "A product whose dossier is judged; may be repeated"},
          {"date", Kind::date, false, "Day of the meeting; today otherwise"},
          {"form", Kind::text, false, "in-person, or written for opinions in writing; in-person otherwise"}},
         open_meeting},
        {"meeting", "sheet", "Hand in a score sheet: sealed until the meeting is closed; a later one takes its place",
         "meeting sheet MEETING PRODUCT --scores 1.1=3,1.2=2\nmeeting sheet MEETING PRODUCT --options 010203",
         with_scores({meeting, product}), submit_sheet},
        {"meeting",
         "close",
         "Close a meeting: its sheets are opened",
         "meeting close MEETING\nmeeting close MEETING --json",
         {meeting},
         close_meeting},
        {"meeting",
         "tally",
         "Add up a dossier's sheets and record the result",
         "meeting tally MEETING PRODUCT\nmeeting tally MEETING PRODUCT --json",
         {meeting, product},
         tally_dossier},
        {"meeting",
         "paper",
         "Enter the result of a council that scored on paper, from its signed minutes",
         "meeting paper PRODUCT --council ID --minutes 05/BB-HĐ --date 2023-10-20 --sheets 7 --average A=28.5 --average B=19 "
         "--average "
         "C=30.25 --stars 4\nmeeting paper PRODUCT --council ID --minutes 05/BB-HĐ --date 2023-10-20 --sheets 7 --average A=30 "
         "--average B=20 "
         "--average C=25 --stars 3 --file minutes.pdf",
         {product,
          {"council", Kind::text, true, "Id"},
          {"minutes", Kind::text, true, "Number of the minutes"},
          {"date", Kind::date, true, "Day of the meeting"},
          {"sheets", Kind::number, true, "Valid sheets, as the minutes say"},
          {"average", Kind::list, true, "SECTION=POINTS: the council's average of a section; one for each"},
          {"stars", Kind::number, true, "As the minutes say"},
          {"file", Kind::file, false, "The scan of the minutes: its SHA-256 is recorded"}},
         tally_paper},
        {"meeting",
         "show",
         "A meeting: who has handed in, and once it is closed the results",
         "meeting show MEETING\nmeeting show MEETING --json",
         {meeting},
         show_meeting},
        {"meeting",
         "minutes",
         "File the minutes of a meeting that is closed",
         "meeting minutes MEETING --number 05/BB-HĐ --text \"Thống nhất 4 sao\"\nmeeting minutes MEETING --number N --document "
         "MINUTES.pdf --date 2023-10-20",
         {meeting,
          {"number", Kind::text, true, "Their number"},
          {"text", Kind::text, false, "What was agreed"},
          {"document", Kind::file, false, "The minutes as signed: their SHA-256 stands in the log"},
          {"date", Kind::date, false, "Their day; today otherwise"}},
         file_minutes},
        {"meeting", "list", "Meetings", "meeting list\nmeeting list --json", {}, list_meetings},
    };
}

}  // namespace hoso::client::cli
