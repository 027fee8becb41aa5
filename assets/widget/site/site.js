// The demo companies' sites: one page that takes its data from /demo/site.json, its words from here, and puts the
// widget on itself as any company's site would.
"use strict";

const WORDS = {
  demo: ["Deskhand demo", "Deskhand 演示"], signed: ["Signed in as", "登录为"], nobody: ["nobody (anonymous)", "未登录（匿名）"],
  language: ["Language", "语言"], theme: ["Theme", "主题"], auto: ["system", "跟随系统"], light: ["light", "浅色"], dark: ["dark", "深色"],
  phone: ["Phones of the demo's customers", "演示客户的手机"],
  foot: ["An invented company of the Deskhand demo. Nothing here is for sale.", "Deskhand 演示中的虚构公司，不出售任何商品。"],
};
const LOOKS = {
  ecommerce: {
    art: "headphones", pictures: ["headphones", "earbuds", "speaker"], menu: [["Headphones", "耳机"], ["Speakers", "音箱"], ["Accessories", "配件"], ["Orders", "订单"]],
    kicker: ["New: Aria 3 series", "新品：Aria 3 系列"], headline: ["Hear the room you are in, or leave it.", "听见身边，或暂时离开。"],
    lead: ["Headphones, speakers and microphones, made to be repaired and kept.", "耳机、音箱与麦克风，可维修，更耐用。"],
    ask: ["Ask about an order", "咨询订单"], offers: ["In the shop", "热卖商品"],
    facts: [["30 days to return", "Unused or not, the way back is free.", "30 天退货", "无论是否使用，退货免运费。"], ["Two years of warranty", "One year on earbuds and chargers.", "两年质保", "真无线耳机与充电器一年。"], ["Sent within a day", "Ordered by 15:00, on its way tonight.", "当日发货", "15:00 前下单，当晚发出。"]],
  },
  banking: {
    art: "bank", pictures: ["fund", "card", "bank"], menu: [["Accounts", "账户"], ["Cards", "卡片"], ["Transfers", "转账"], ["Saving", "理财"]],
    kicker: ["Harbour Saver", "海港储蓄"], headline: ["A calm place for your money.", "让钱安心停泊。"],
    lead: ["Everyday accounts, cards and funds whose risk stands beside their return.", "日常账户、银行卡与理财产品，收益与风险一目了然。"],
    ask: ["Talk to the bank", "联系客服"], offers: ["Funds", "理财产品"],
    facts: [["We never ask for your code", "Not by chat, not by phone.", "绝不索要验证码", "无论在线还是电话。"], ["Lost card? Minutes.", "Frozen in the chat, day and night.", "丢卡？几分钟搞定", "全天候在线挂失。"], ["Branches open 9 to 5", "Shanghai and Hangzhou.", "网点 9:00-17:00", "上海、杭州。"]],
  },
  telecom: {
    art: "signal", pictures: ["plan", "signal", "addon"], menu: [["Plans", "套餐"], ["Broadband", "宽带"], ["Add-ons", "加油包"], ["Coverage", "覆盖"]],
    kicker: ["No small print", "没有附加条款"], headline: ["Plans that fit the month you have.", "合适的套餐，刚刚好。"],
    lead: ["Mobile and broadband from one company, changed in a minute in the chat.", "手机与宽带一站办理，在线一分钟变更。"],
    ask: ["Report a fault", "故障报修"], offers: ["Plans and add-ons", "套餐与加油包"],
    facts: [["We test your line", "Before anybody has to visit.", "远程检测线路", "先检测，再上门。"], ["No bill shock", "You hear from us at 80 %.", "用量提醒", "用到 80% 即通知您。"], ["Engineers till 21:00", "At the time that you choose.", "上门至 21:00", "时间由您选择。"]],
  },
  education: {
    art: "lantern", pictures: ["course", "code", "maths"], menu: [["Courses", "课程"], ["Teachers", "老师"], ["Timetable", "课表"], ["Exams", "考试"]],
    kicker: ["New classes this month", "本月新班"], headline: ["Learn with somebody who remembers your name.", "有人陪你，学得更好。"],
    lead: ["Small classes in languages, programming and mathematics, for children and adults.", "语言、编程与数学小班课，适合孩子与成人。"],
    ask: ["Find a course", "咨询课程"], offers: ["Courses", "热门课程"],
    facts: [["Classes of twelve", "Everybody is heard in every lesson.", "12 人小班", "每节课都有人听你说。"], ["Try one first", "The first lesson costs nothing.", "先试听", "首节免费。"], ["Progress you can read", "By topic, after every class.", "看得见的进步", "每课反馈到知识点。"]],
  },
};

const root = document.documentElement, inbox = root.dataset.inbox, $ = (id) => document.getElementById(id);
const remember = (k, v) => { try { return v === undefined ? localStorage.getItem("site:" + k) || "" : localStorage.setItem("site:" + k, v); } catch { return ""; } };
const picked = new URLSearchParams(location.search);
let lang = picked.get("lang") || remember("language") || (/^zh/i.test(navigator.language) ? "zh" : "en");
let theme = picked.get("theme") || remember("theme") || "auto";
let customer = picked.get("customer") ?? remember("customer:" + inbox);
let company, companies, art;
const t = (pair) => pair[lang === "zh" ? 1 : 0];
const zh = (thing, key) => lang === "zh" && thing[key + "_zh"] || thing[key] || "";

function el(name, props, ...kids) {
  const e = document.createElement(name);
  Object.assign(e, props);
  e.append(...kids);
  return e;
}

// picture draws a symbol of art.svg; an offer without one of its own gets one of its industry's in turn.
function picture(id, turn = 0) {
  const { pictures } = LOOKS[company.industry];
  const symbol = art.getElementById(id) || art.getElementById(pictures[turn % pictures.length]);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", symbol.getAttribute("viewBox"));
  svg.append(...[...symbol.childNodes].map((n) => n.cloneNode(true)));
  return svg;
}

const money = (amount) => new Intl.NumberFormat(lang === "zh" ? "zh-CN" : "en", { style: "currency", currency: company.currency, currencyDisplay: "narrowSymbol" }).format(amount);

function draw() {
  const look = LOOKS[company.industry];
  root.lang = lang === "zh" ? "zh-Hans" : "en";
  root.dataset.industry = company.industry;
  root.classList.toggle("dark", theme === "dark" || theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.title = zh(company, "name");
  for (const e of document.querySelectorAll("[data-w]")) e.textContent = t(WORDS[e.dataset.w]);
  $("tabs").replaceChildren(...companies.map((c) => {
    const a = el("a", { href: "/shop/" + encodeURIComponent(c.inbox), textContent: zh(c, "name") });
    if (c === company) a.setAttribute("aria-current", "page");
    return a;
  }));
  $("customer").replaceChildren(el("option", { value: "", textContent: t(WORDS.nobody) }), ...company.customers.map((p) => el("option", { value: p.id, textContent: p.name })));
  Object.assign($("customer"), { value: customer });
  Object.assign($("language"), { value: lang });
  Object.assign($("theme"), { value: theme });
  $("logo").replaceChildren(picture(look.art));
  $("name").textContent = zh(company, "name");
  $("menu").replaceChildren(...look.menu.map((m) => el("span", { textContent: t(m) })));
  for (const k of ["kicker", "headline", "lead", "ask"]) $(k).textContent = t(look[k]);
  $("art").replaceChildren(picture(look.art));
  $("offersTitle").textContent = t(look.offers);
  $("offers").replaceChildren(...company.offers.map((o, i) => el("article", { className: "offer" }, el("div", { className: "pic" }, picture(o.picture, i)),
    el("div", { className: "about" }, el("b", { textContent: zh(o, "name") }), el("small", { textContent: zh(o, "note") }),
      el("span", { className: "price", textContent: o.price ? money(o.price) : "" })))));
  $("facts").replaceChildren(...look.facts.map((f) => el("div", {}, el("b", { textContent: f[lang === "zh" ? 2 : 0] }), el("span", { textContent: f[lang === "zh" ? 3 : 1] }))));
  $("foot").textContent = t(WORDS.foot);
}

const identityAddress = () => "/demo/identity?inbox=" + encodeURIComponent(inbox) + "&customer=" + encodeURIComponent(customer);

// embed is what a company's site does: one script tag.
function embed() {
  const s = el("script", { src: "/widget.js", async: true });
  Object.assign(s.dataset, { inbox, language: lang, theme });
  if (customer) s.dataset.identityUrl = identityAddress();
  if (picked.has("lang")) s.onload = () => window.Deskhand.language(lang); // an address with a language beats an earlier choice
  document.body.append(s);
}

function listen() {
  $("customer").onchange = async (e) => {
    customer = e.target.value;
    remember("customer:" + inbox, customer);
    const answer = customer ? await fetch(identityAddress()) : null;
    await window.Deskhand?.identify(answer?.ok ? await answer.json() : null);
  };
  $("language").onchange = (e) => {
    lang = e.target.value;
    remember("language", lang);
    window.Deskhand?.language(lang);
    draw();
  };
  $("theme").onchange = (e) => {
    theme = e.target.value;
    remember("theme", theme);
    window.Deskhand?.theme(theme);
    draw();
  };
  $("ask").onclick = () => window.Deskhand?.open();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

async function begin() {
  const [site, drawing] = await Promise.all([fetch("/demo/site.json").then((r) => r.json()), fetch("/site/art.svg").then((r) => r.text())]);
  art = new DOMParser().parseFromString(drawing, "image/svg+xml");
  companies = site.companies.map((c) => ({ ...c, customers: c.customers || [], offers: c.offers || [] }));
  company = companies.find((c) => c.inbox === inbox) || companies[0];
  if (!company.customers.some((p) => p.id === customer)) customer = "";
  draw();
  listen();
  embed();
}
begin();
