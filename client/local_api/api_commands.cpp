#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <set>

#include "client/cli/run_command.hpp"
#include "client/local_api/answer.hpp"
#include "client/local_api/api.hpp"
#include "client/local_api/export_file.hpp"
#include "client/local_api/openapi.hpp"
#include "client/media/media.hpp"
#include "client/views/parts.hpp"
#include "client/views/registry_views.hpp"

namespace hoso::client::local_api {
namespace {

namespace json = boost::json;

constexpr int session_hours = 12;
constexpr int wrong_tries_max = 5;
constexpr std::size_t tries_known_max = 1000;
constexpr Instant tries_pause = 30LL * 1'000'000;
constexpr std::size_t answers_max = 200;
constexpr std::size_t key_letters_max = 64;
constexpr std::size_t looked_at_bytes = 16 << 10;

// The position of the last event, as ?at= names it.
Position last_of(Position size) { return size > 0 ? size - 1 : 0; }

bool spelled_log_list(const cli::Verb& verb) {
    return std::string_view(verb.noun) == "log" && std::string_view(verb.verb) == "list";
}

// The log reads itself: of a past moment it has nothing later.
void cut_at(cli::Arguments& arguments, Position size) {
    const Position last = last_of(size);
    arguments.set("to", {std::to_string(std::min(arguments.number("to", last), last))});
}

// What the account may do, each role once, and where.
json::object officer_of(const domain::Registry& registry, const AccountId& account, bool unlocked) {
    json::array mandates;
    json::array accounts = views::accounts(registry);
    for (json::value& row : accounts) {
        if (row.at("account").is_string() && row.at("account").get_string() == account.hex())
            mandates = std::move(row.get_object()["roles"].get_array());
    }
    std::set<std::string> names;
    for (const json::value& mandate : mandates) names.emplace(mandate.at("role").get_string());
    json::array roles;
    for (const std::string& name : names) roles.push_back(json::string(name));
    return {{"account", account.hex()},
            {"title", views::account_title(registry, account)},
            {"roles", std::move(roles)},
            {"mandates", std::move(mandates)},
            {"unlocked", unlocked}};
}

// Types that a browser shows as what they are; anything else is bytes to it.
std::string served_as(const std::string& type) {
    static constexpr std::array known{"image/jpeg", "image/png", "image/webp", "application/pdf"};
    return std::find(known.begin(), known.end(), type) == known.end() ? "application/octet-stream" : type;
}

Result<json::object> object_in(const Request& request) {
    boost::system::error_code failed;
    json::value body = request.body.empty() ? json::value(json::object{}) : json::parse(request.body, failed);
    if (failed || !body.is_object()) return Error{Errc::invalid, "The body is a JSON object with the command's options."};
    return std::move(body.get_object());
}

}  // namespace

std::string Api::media_type_of(const log::FileId& file) {
    const auto piece = desk_.files().store().read(file, 0, looked_at_bytes);
    if (!piece) return served_as("");
    const auto type = media::media_type(ByteSpan(piece->bytes));
    return served_as(type ? *type : std::string{});
}

Response Api::me(const Caller& caller) {
    const Identity& self = desk_.identity();
    const domain::Registry& registry = desk_.pending().state().registry;
    json::array officers;
    for (const AccountId& account : desk_.officers())
        officers.push_back(officer_of(registry, account, caller.browser->unlocked.contains(account)));
    const auto& acting = caller.browser->account;
    return json_answer({{"desk", json::object{{"path", views::unit_path(registry, self.unit)},
                                              {"unit", views::id(self.unit)},
                                              {"unit_name", views::unit_name(registry, self.unit)},
                                              {"title", views::account_title(registry, self.account)},
                                              {"device", self.device.hex()},
                                              {"founder", self.founder()},
                                              {"whole", desk_.whole()},
                                              {"training", self.training()}}},
                        {"officers", std::move(officers)},
                        {"account", acting ? json::value(acting->hex()) : json::value(nullptr)},
                        {"today", to_text(local_date(now()))},
                        {"version", HOSO_VERSION}});
}

// Who acts in this browser, by the passphrase of that officer's key on this desk.
Response Api::officer(const Request& request, const Caller& caller) {
    Browser& browser = *caller.browser;
    if (request.method == Method::remove) {
        const Browser ended = std::exchange(browser, Browser{browser.token, browser.used, {}, {}, browser.office, browser.link});
        lock(ended);
        return me(caller);
    }
    if (request.method != Method::post)
        return problem(405, "wrong_method", "Không dùng được phương thức này.", "This cannot be done with that method.",
                       caller.language);
    const auto body = object_in(request);
    if (!body) return problem(body.error(), caller.language);
    if (auto refused = open_key(*body, request.address, browser, caller.language)) return std::move(*refused);
    return me(caller);
}

std::optional<Response> Api::open_key(const json::object& body, const std::string& address, Browser& browser, Language language) {
    const json::value* account_text = body.if_contains("account");
    const json::value* passphrase = body.if_contains("passphrase");
    const auto account = account_text && account_text->is_string()
                             ? AccountId::from_hex(std::string_view(account_text->get_string()))
                             : std::nullopt;
    if (!account || !passphrase || !passphrase->is_string())
        return problem(Error{Errc::invalid, "The body is {\"account\": \"...\", \"passphrase\": \"...\"}."}, language);
    const auto& known = desk_.officers();
    if (std::find(known.begin(), known.end(), *account) == known.end()) {
        return problem(404, "not_found", "Cán bộ này không có khóa trên máy này.", "That officer has no key on this desk.",
                       language);
    }
    if (tries_.size() > tries_known_max) std::erase_if(tries_, [&](const auto& each) { return each.second.until < now(); });
    Tries& tries = tries_[{*account, address}];
    if (tries.wrong >= wrong_tries_max && now() < tries.until) {
        return problem(429, "too_many_tries", "Sai mật khẩu nhiều lần: hãy đợi nửa phút rồi thử lại.",
                       "The passphrase was wrong several times: wait half a minute and try again.", language);
    }
    const bool held_before = desk_.unlocked(*account);
    if (auto done = desk_.unlock(*account, passphrase->get_string(), session_hours); !done) {
        ++tries.wrong;
        tries.until = now() + tries_pause;
        if (done.error().code != Errc::denied) return problem(done.error(), language);
        return problem(403, "wrong_passphrase", "Mật khẩu không đúng.", "The passphrase is wrong.", language);
    }
    tries = {};
    if (!held_before) opened_here_.insert(*account);
    browser.unlocked.insert(*account);
    browser.account = *account;
    return std::nullopt;
}

// ---- the table of commands ------------------------------------------------------------------------------------------

Response Api::command(const Request& request, const Caller& caller) {
    if (request.path == "/api/v1/openapi.json" && request.reads()) return json_answer(openapi());
    const std::string rest = request.path.substr(std::string_view("/api/v1/").size());
    const auto slash = rest.find('/');
    const cli::Verb* verb = find_verb(rest.substr(0, slash), slash == std::string::npos ? std::string{} : rest.substr(slash + 1));
    const Offer offer = verb ? offer_of(*verb) : Offer::hidden;
    if (offer == Offer::hidden)
        return problem(404, "not_found", "Không có lệnh này.", "There is no such command.", caller.language);
    const bool looks = request.reads() && offer != Offer::act;
    const bool right = looks || (request.method == Method::post && offer != Offer::read);
    if (!right)
        return problem(405, "wrong_method", "Không dùng được phương thức này.", "This cannot be done with that method.",
                       caller.language);
    if (looks && offer == Offer::both) {
        cli::Verb looking = *verb;
        looking.options.clear();
        return run(*verb, request, caller, given_in_query(looking, request, list_names, uploads_));
    }
    if (looks) return run(*verb, request, caller, given_in_query(*verb, request, list_names, uploads_));
    const auto body = object_in(request);
    if (!body) return problem(body.error(), caller.language);
    const std::string& key = request.idempotency_key;
    if (key.size() > key_letters_max) return problem(Error{Errc::invalid, "Idempotency-Key is a UUID."}, caller.language);
    const auto known = std::find_if(answers_.begin(), answers_.end(), [&](const Remembered& each) { return each.key == key; });
    if (!key.empty() && known != answers_.end()) return known->answer;
    if (auto before = key.empty() ? std::nullopt : served_before(key, caller.language)) return std::move(*before);
    Response response = run(*verb, request, caller, given_in_body(*verb, *body, uploads_, now()));
    if (!key.empty() && response.status < 500 && !request.asked("dry_run")) {
        answers_.push_front({key, response});
        if (answers_.size() > answers_max) answers_.pop_back();
    }
    return response;
}

Response Api::run(const cli::Verb& verb, const Request& request, const Caller& caller, Given given) {
    const Language language = caller.language;
    auto query = list_query(request);
    if (!query) return problem(query.error(), language);
    if (!given.faults.empty()) {
        return problem(400, "invalid", "Có thông tin chưa đúng: xem từng mục.", "Some fields are not right: look at each of them.",
                       language, given.faults);
    }
    cli::Globals globals;
    globals.data = desk_.folder();
    globals.language = language;
    globals.dry_run = request.asked("dry_run") && request.value("dry_run") != "0";
    if (caller.browser->account) globals.as = caller.browser->account->hex();
    if (!globals.dry_run) globals.request = request.idempotency_key;
    if (globals.dry_run && !judges(verb)) {
        return problem(400, "no_dry_run", "Lệnh này không chạy thử theo cách này được.",
                       "This command cannot be tried out in that way.", language);
    }
    const cli::MayAct may_act{caller.browser->account, caller.browser->unlocked};
    cli::Command command{&verb, std::move(given.arguments), std::move(globals)};
    std::optional<PastStates::Look> past;
    if (const std::string at = request.value("at"); !at.empty()) {
        const auto point = past_point(at);
        const auto looked = point ? past_.at(desk_, *point) : Result<PastStates::Look>{point.error()};
        if (!looked) return problem(looked.error(), language);
        if (!request.reads()) return problem(Error{Errc::invalid, "Nothing can be done in the past: look at now first."}, language);
        past = *looked;
        if (spelled_log_list(verb)) cut_at(command.arguments, past->state->size);
    }
    Answer::AsCalled as_called;
    if (!given.uploads.empty()) as_called = [&](std::string text) { return uploads_.as_called(std::move(text), given.uploads); };
    Answer answer(*query, language, std::move(as_called));
    bool locked = false;
    const int code = cli::run_for_pages(desk_, link_, command, may_act, past ? &*past : nullptr, answer, locked);
    if (!request.reads() && !command.globals.dry_run && !command.arguments.has("dry-run")) {
        const bool again = answer.error().has_value();  // the files are there for another try
        for (const std::string& upload : given.uploads) {
            if (!again) uploads_.drop(upload);
        }
    }
    if (answer.error() && locked)
        return problem(401, "officer_locked", "Hãy chọn cán bộ và nhập mật khẩu trước.",
                       "Choose the officer and give the passphrase first.", language);
    if (answer.error()) return problem(*answer.error(), language);
    if (!query->format.empty())
        return export_file(answer, query->format, verb, last_of(past ? past->state->size : desk_.confirmed().size()), desk_,
                           language);
    return finished(answer, code, past);
}

Response Api::finished(Answer& answer, int code, const std::optional<PastStates::Look>& past) {
    json::object out{{"as_of", last_of(past ? past->state->size : desk_.confirmed().size())}, {"exit", code}};
    if (past) out["at"] = to_text(past->day);
    if (desk_.identity().training()) out["training"] = true;
    const domain::Registry& registry = past ? past->state->registry : desk_.pending().state().registry;
    for (auto& member : answer.finish(registry)) out[member.key()] = std::move(member.value());
    return json_answer(out);
}

// A request of this key that was recorded by a program that has ended since, or whose answer is not remembered any more.
std::optional<Response> Api::served_before(const std::string& key, Language language) {
    const auto served = desk_.outbox().served(key, now());
    if (served.empty()) return std::nullopt;
    const ListQuery query;
    Answer answer(query, language);
    const ServedRequest& first = served.front();
    boost::system::error_code failed;
    json::value kept = served.size() == 1 && !first.answer.empty() ? json::parse(first.answer, failed) : json::value();
    if (failed || !kept.is_object())
        kept = json::object{{"recorded", true}, {"first_seq", first.first_seq}, {"last_seq", served.back().last_seq}};
    kept.get_object()["recorded_before"] = true;
    answer.object(kept.get_object());
    answer.said(pick(language, "Việc này đã được ghi trước đó; không ghi thêm lần nữa.",
                     "This was recorded before; it was not recorded again."));
    return finished(answer, 0, std::nullopt);
}

}  // namespace hoso::client::local_api
