#include "client/cli/careful.hpp"
#include "client/cli/choices.hpp"
#include "client/cli/commands.hpp"
#include "client/cli/names.hpp"
#include "client/cli/recording.hpp"
#include "client/text/words.hpp"
#include "client/views/programme_views.hpp"
#include "shared/domain/validity.hpp"

// Dispatches and plans with their lists, reminders, difficulties, fairs.
namespace hoso::client::cli {
namespace {

// "2023-12-15", "2023-10-30:district" or "2023-10-30:district:chấm xong".
Result<domain::NoticeDeadline> deadline_from(const std::string& text) {
    const std::size_t first = text.find(':');
    const std::size_t second = first == std::string::npos ? first : text.find(':', first + 1);
    const auto day = date_from_text(text.substr(0, first));
    if (!day) return Error{Errc::invalid, "--deadline takes DATE, DATE:STAGE or DATE:STAGE:WORDS, not " + text + "."};
    domain::NoticeDeadline deadline{{}, *day, {}};
    if (first != std::string::npos)
        deadline.stage = text.substr(first + 1, second == std::string::npos ? second : second - first - 1);
    if (second != std::string::npos) deadline.text = text.substr(second + 1);
    return deadline;
}

// "PRODUCT" or "PRODUCT=CERTIFICATE"; the product's certificate that ran out last otherwise.
Result<domain::NoticeLine> expired_line(const views::Look& look, const std::string& text, Date at) {
    const auto equals = text.rfind('=');
    const auto id = find_product(look, text.substr(0, equals));
    if (!id) return id.error();
    if (equals != std::string::npos) return domain::NoticeLine{*id, text.substr(equals + 1)};
    const domain::Certificate* last = nullptr;
    for (const auto& certificate : look.product(*id)->certificates) {
        if (certificate.last_day < at && (!last || last->last_day <= certificate.last_day)) last = &certificate;
    }
    if (!last) return Error{Errc::invalid, text + " has no certificate that ran out: name it as PRODUCT=CERTIFICATE."};
    return domain::NoticeLine{*id, last->text};
}

Result<domain::NoticeList> list_from(const views::Look& look, const std::vector<std::string>& given, domain::NoticeListKind kind,
                                     Date at) {
    domain::NoticeList list{kind, {}};
    for (const std::string& text : given) {
        if (kind == domain::NoticeListKind::registered) {
            const auto product = find_product(look, text);
            if (!product) return product.error();
            list.lines.push_back({*product, {}});
            continue;
        }
        auto line = expired_line(look, text, at);
        if (!line) return line.error();
        list.lines.push_back(std::move(*line));
    }
    return list;
}

// The product was recognised again since: its certificate is no longer one that ran out.
bool superseded(const domain::Product& product, const domain::Certificate& certificate) {
    return std::any_of(product.certificates.begin(), product.certificates.end(),
                       [&](const domain::Certificate& other) { return !other.revoked && other.issued > certificate.issued; });
}

// What the subjects answered: those whose certificate ran out and who register again, and those who do not. Who has not answered is
// on neither list.
void add_answers(const views::Look& look, Date at, domain::NoticeIssued& action) {
    domain::NoticeList continues{domain::NoticeListKind::continues, {}};
    domain::NoticeList lapses{domain::NoticeListKind::lapses, {}};
    look.each<domain::Product>([&](const domain::Product& product) {
        for (const auto& certificate : product.certificates) {
            if (certificate.revoked || certificate.last_day >= at || !certificate.renews || superseded(product, certificate))
                continue;
            (*certificate.renews ? continues : lapses).lines.push_back({product.id, certificate.text});
        }
    });
    if (!continues.lines.empty()) action.lists.push_back(std::move(continues));
    if (!lapses.lines.empty()) action.lists.push_back(std::move(lapses));
}

Result<void> add_lists(const views::Look& look, const Arguments& arguments, domain::NoticeIssued& action) {
    for (const auto& [option, kind] :
         std::initializer_list<std::pair<const char*, domain::NoticeListKind>>{{"registered", domain::NoticeListKind::registered},
                                                                               {"continues", domain::NoticeListKind::continues},
                                                                               {"lapses", domain::NoticeListKind::lapses}}) {
        auto list = list_from(look, arguments.list(option), kind, action.date);
        if (!list) return list.error();
        if (!list->lines.empty()) action.lists.push_back(std::move(*list));
    }
    if (!arguments.flag("answers")) return {};
    if (arguments.has("continues") || arguments.has("lapses"))
        return Error{Errc::invalid, "--answers makes both lists of what ran out: name no --continues or --lapses beside it."};
    add_answers(look, action.date, action);
    return {};
}

Result<Uuid> round_of(const Session& session, const Arguments& arguments) {
    return arguments.has("round") ? find_round(session.registry(), arguments.text("round")) : Result<Uuid>{Uuid{}};
}

Result<int> issue_notice(Session& session, const Arguments& arguments) {
    const auto unit = find_unit(session.registry(), arguments.text("unit"), session.today());
    if (!unit) return unit.error();
    const auto round = round_of(session, arguments);
    if (!round) return round.error();
    const auto document = hash_of_file(arguments, "document");
    if (!document) return document.error();
    domain::NoticeIssued action{io::uuid_v7(session.desk.now()),
                                *unit,
                                *round,
                                arguments.text("number"),
                                arguments.date("date", session.today()),
                                arguments.text("title"),
                                {},
                                {},
                                *document};
    for (const std::string& text : arguments.list("deadline")) {
        auto deadline = deadline_from(text);
        if (!deadline) return deadline.error();
        const auto known = deadline->stage.empty() ? Result<void>{} : check_stage(session.registry(), deadline->stage);
        if (!known) return known.error();
        action.deadlines.push_back(std::move(*deadline));
    }
    if (const auto added = add_lists(session.look(), arguments, action); !added) return added.error();
    json::object ids{{"notice", action.notice.hex()}, {"number", action.number}};
    for (const auto& list : action.lists) ids[name(list.kind)] = list.lines.size();
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> list_notices(Session& session, const Arguments&) {
    session.out.rows(views::notices(session.registry()),
                     {"number", "date", "title", "path", "registered", "continues", "lapses", "notice"});
    return 0;
}

Result<int> show_notice(Session& session, const Arguments& arguments) {
    const auto id = find_notice(session.registry(), arguments.text("NOTICE"));
    if (!id) return id.error();
    const views::Look look = session.look();
    session.out.object(views::notice(look, look.registry().notices.at(*id)));
    return 0;
}

Result<int> send_reminder(Session& session, const Arguments& arguments) {
    const auto unit = find_unit(session.registry(), arguments.text("unit"), session.today());
    if (!unit) return unit.error();
    const auto round = round_of(session, arguments);
    if (!round) return round.error();
    domain::ReminderSent action{
        io::uuid_v7(session.desk.now()), *unit, *round, arguments.text("number"), arguments.date("date", session.today()),
        arguments.text("text")};
    json::object ids{{"reminder", action.reminder.hex()}, {"unit", unit->hex()}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> list_reminders(Session& session, const Arguments&) {
    session.out.rows(views::reminders(session.registry()), {"date", "unit_name", "path", "number", "text"});
    return 0;
}

Result<int> raise_difficulty(Session& session, const Arguments& arguments) {
    const auto unit = find_unit(session.registry(), arguments.text("unit"), session.today());
    if (!unit) return unit.error();
    domain::DifficultyRaised action{io::uuid_v7(session.desk.now()), *unit, arguments.date("date", session.today()),
                                    arguments.text("text")};
    json::object ids{{"difficulty", action.difficulty.hex()}, {"unit", unit->hex()}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> resolve_difficulty(Session& session, const Arguments& arguments) {
    const auto id = Uuid::from_hex(arguments.text("DIFFICULTY"));
    const auto& all = session.registry().difficulties;
    const auto found = id ? all.find(*id) : all.end();
    if (found == all.end())
        return Error{Errc::not_found, "There is no difficulty " + arguments.text("DIFFICULTY") + ": see `difficulty list`."};
    domain::DifficultyResolved action{*id, found->second.raised.unit, arguments.date("date", session.today()),
                                      arguments.text("text")};
    return record(session, std::move(action), registry_stream, {{"difficulty", id->hex()}});
}

Result<int> list_difficulties(Session& session, const Arguments&) {
    session.out.rows(views::difficulties(session.registry()),
                     {"date", "unit_name", "path", "text", "resolved", "answer", "difficulty"});
    return 0;
}

Result<int> hold_promotion(Session& session, const Arguments& arguments) {
    const auto unit = find_unit(session.registry(), arguments.text("unit"), session.today());
    if (!unit) return unit.error();
    const auto kind = promotion_kind_from(arguments.text("kind"));
    if (!kind) return kind.error();
    const Date from = arguments.date("from", session.today());
    domain::PromotionHeld action{
        io::uuid_v7(session.desk.now()), *unit, *kind, arguments.text("title"), arguments.text("venue"), from,
        arguments.date("to", from)};
    json::object ids{{"promotion", action.promotion.hex()}, {"title", action.title}};
    return record(session, std::move(action), registry_stream, std::move(ids));
}

Result<int> join_promotion(Session& session, const Arguments& arguments) {
    const auto product = find_product(session.look(), arguments.text("PRODUCT"));
    if (!product) return product.error();
    const auto promotion = find_promotion(session.registry(), arguments.text("promotion"));
    if (!promotion) return promotion.error();
    domain::PromotionJoined action{*promotion, arguments.date("date", session.today()), arguments.text("text")};
    return record(session, std::move(action), *product, {{"product", product->hex()}, {"promotion", promotion->hex()}});
}

Result<int> list_promotions(Session& session, const Arguments&) {
    json::array rows = views::promotions(session.look());
    for (json::value& row : rows) {
        json::array names;
        for (const json::value& line : row.at("lines").get_array()) names.push_back(line.at("name"));
        row.get_object()["participants"] = std::move(names);
    }
    session.out.rows(rows, {"from", "to", "kind", "title", "venue", "products", "participants", "promotion"});
    return 0;
}

}  // namespace

std::vector<Verb> notice_verbs() {
    const Option unit{"unit", Kind::text, true, "Whose it is"};
    const Option round{"round", Kind::text, false, "Id, title or year of the round it belongs to"};
    const Option date{"date", Kind::date, false, "Its date; today otherwise"};
    const Option text{"text", Kind::text, true, "What it says"};
    return {
        {"notice",
         "issue",
         "A dispatch or plan with its deadlines and annexed lists",
         "notice issue --unit 17 --round 2023 --number 332/SNN --date 2023-03-17 --title \"Triển khai OCOP năm 2023\" --deadline "
         "2023-12-15:province --registered \"Chè Shan tuyết\"\n"
         "notice issue --unit 17 --number 400/SNN --title \"Danh sách sản phẩm hết hạn\" --answers --json",
         {unit,
          round,
          {"number", Kind::text, true, "Its number"},
          date,
          {"title", Kind::text, true, "What it is about"},
          {"deadline", Kind::list, false, "DATE, DATE:STAGE or DATE:STAGE:WORDS; may be repeated"},
          {"registered", Kind::list, false, "A product on the list of registered ones; may be repeated"},
          {"continues", Kind::list, false, "PRODUCT or PRODUCT=CERTIFICATE that ran out and is registered again"},
          {"lapses", Kind::list, false, "PRODUCT or PRODUCT=CERTIFICATE that ran out and is not"},
          {"answers", Kind::flag, false, "Both lists of what ran out, from the answers on this desk"},
          {"document", Kind::file, false, "The document: its SHA-256 stands in the log"}},
         issue_notice},
        {"notice", "list", "Dispatches and plans", "notice list\nnotice list --json", {}, list_notices},
        {"notice",
         "show",
         "A dispatch with its deadlines and lists",
         "notice show 332/SNN\nnotice show ID --json",
         {{"NOTICE", Kind::text, true, "Id or number"}},
         show_notice},
        {"reminder",
         "send",
         "Remind a unit that is late",
         "reminder send --unit 17/150 --round 2023 --number 901/SNN --text \"Đề nghị chấm trước 30/10\"\n"
         "reminder send --unit 17/150 --text T --json",
         {unit, round, {"number", Kind::text, false, "Of the letter"}, date, text},
         send_reminder},
        {"reminder", "list", "Reminders", "reminder list\nreminder list --json", {}, list_reminders},
        {"difficulty",
         "raise",
         "A difficulty that a unit cannot resolve by itself",
         "difficulty raise --unit 17/150/04867 --text \"Chủ thể chưa có phiếu kiểm nghiệm\"\ndifficulty raise --unit 17/150 --text "
         "T "
         "--json",
         {unit, date, text},
         raise_difficulty},
        {"difficulty",
         "resolve",
         "Answer a difficulty",
         "difficulty resolve ID --text \"Đã mời đơn vị kiểm nghiệm\"\ndifficulty resolve ID --text T --json",
         {{"DIFFICULTY", Kind::text, true, "Id"}, date, text},
         resolve_difficulty},
        {"difficulty", "list", "Difficulties and their answers", "difficulty list\ndifficulty list --json", {}, list_difficulties},
        {"promotion",
         "hold",
         "A fair or another event that promotes products",
         "promotion hold --unit 17 --kind fair --title \"Hội chợ OCOP\" --venue \"Hòa Bình\" --from 2023-11-10 --to 2023-11-14\n"
         "promotion hold --unit 17 --kind ecommerce --title T --venue V --json",
         {unit,
          {"kind", Kind::text, true, "fair, ecommerce, connection or other"},
          {"title", Kind::text, true, "What it is called"},
          {"venue", Kind::text, true, "Where"},
          {"from", Kind::date, false, "First day; today otherwise"},
          {"to", Kind::date, false, "Last day; the first otherwise"}},
         hold_promotion},
        {"promotion",
         "join",
         "A product took part in an event",
         "promotion join \"Chè Shan tuyết\" --promotion \"Hội chợ OCOP\" --text \"Bán 40 kg\"\npromotion join ID --promotion ID "
         "--json",
         {{"PRODUCT", Kind::text, true, "Id, code or name"},
          {"promotion", Kind::text, true, "Id or title"},
          date,
          {"text", Kind::text, false, "What came of it"}},
         join_promotion},
        {"promotion", "list", "Events and who took part", "promotion list\npromotion list --json", {}, list_promotions},
    };
}

}  // namespace hoso::client::cli
