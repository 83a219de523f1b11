<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Console</name>
    <message>
        <source>Duty</source>
        <translation>勤务</translation>
    </message>
    <message>
        <source>Generate and publish one (F5)</source>
        <translation>请在 F5 生成并发布排班</translation>
    </message>
    <message>
        <source>Missing: {names}</source>
        <translation>缺岗：{names}</translation>
    </message>
    <message>
        <source>Next: {shift} {time} {team}</source>
        <translation>下一班：{shift} {time} {team}</translation>
    </message>
    <message>
        <source>No roster in force</source>
        <translation>当前无排班</translation>
    </message>
    <message>
        <source>missing {n}</source>
        <translation>缺岗 {n}</translation>
    </message>
    <message>
        <source>{shift} · present {here}/{all}</source>
        <translation>{shift} · 到岗 {here}/{all}</translation>
    </message>
</context>
<context>
    <name>Roster</name>
    <message>
        <source>doubtful</source>
        <translation>存疑</translation>
    </message>
    <message>
        <source>{km} km away from its last place, faster than any crew</source>
        <translation>距上一位置 {km} 公里，超出任何警力的行进速度</translation>
    </message>
    <message>
        <source>no place where a crew can be</source>
        <translation>不可能是警力所在的位置</translation>
    </message>
    <message>
        <source>{time}: the receiver says {lat}, {lon} – {why}.
Not drawn; the map shows the last place that was believed.</source>
        <translation>{time}：定位终端上报 {lat}, {lon}，{why}。
未在地图上标绘；地图仍显示上一个可信位置。</translation>
    </message>
    <message>
        <source>(in {crews})</source>
        <translation>（已编入 {crews}）</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Add a crew</source>
        <translation>新增警力</translation>
    </message>
    <message>
        <source>Area</source>
        <translation>巡区</translation>
    </message>
    <message>
        <source>Being read…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Both changed the same fields, so nothing is saved yet. Choose what holds; the other changes of both are kept.</source>
        <translation>双方改了同一项，尚未保存。请选定以谁为准；其余各项双方的修改都保留。</translation>
    </message>
    <message>
        <source>By</source>
        <translation>操作人</translation>
    </message>
    <message>
        <source>Call sign</source>
        <translation>呼号</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Change crew {crew}</source>
        <translation>修改警力 {crew}</translation>
    </message>
    <message>
        <source>Choose a crew first.</source>
        <translation>请先选择一组警力。</translation>
    </message>
    <message>
        <source>Choose a crew to see its statuses.</source>
        <translation>请选择一组警力，查看其状态记录。</translation>
    </message>
    <message>
        <source>City centre</source>
        <translation>市局指挥中心</translation>
    </message>
    <message>
        <source>Complete by {time}</source>
        <translation>限 {time} 前到位</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>指挥台</translation>
    </message>
    <message>
        <source>Crew</source>
        <translation>呼号</translation>
    </message>
    <message>
        <source>Crew {crew} added</source>
        <translation>已新增警力 {crew}</translation>
    </message>
    <message>
        <source>Crew {crew} changed</source>
        <translation>已修改警力 {crew}</translation>
    </message>
    <message>
        <source>Crews</source>
        <translation>警力</translation>
    </message>
    <message>
        <source>Daily duty</source>
        <translation>日常勤务</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Duty</source>
        <translation>勤务</translation>
    </message>
    <message>
        <source>Duty level</source>
        <translation>勤务等级</translation>
    </message>
    <message>
        <source>Duty of {crew} is as before</source>
        <translation>{crew} 已恢复原在岗情况</translation>
    </message>
    <message>
        <source>Enough crews on duty</source>
        <translation>在岗警力满足要求</translation>
    </message>
    <message>
        <source>Every change will stand here with its time and who set it.</source>
        <translation>每次变更的时间和操作人都会记在这里。</translation>
    </message>
    <message>
        <source>For</source>
        <translation>已持续</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>可派</translation>
    </message>
    <message>
        <source>Here now</source>
        <translation>此刻警力</translation>
    </message>
    <message>
        <source>In reserve</source>
        <translation>可抽调</translation>
    </message>
    <message>
        <source>It holds at once, the city is told, and the crews must be complete within the time of the switch.</source>
        <translation>立即生效并报市局；须在规定的转换时限内警力到位。</translation>
    </message>
    <message>
        <source>Its call stays open, and nobody else is sent by this.</source>
        <translation>其警情仍未办结，系统不会另派他组。</translation>
    </message>
    <message>
        <source>Kit</source>
        <translation>装备</translation>
    </message>
    <message>
        <source>Kit on board</source>
        <translation>随组装备</translation>
    </message>
    <message>
        <source>Kit: {kit}</source>
        <translation>装备：{kit}</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我填写的</translation>
    </message>
    <message>
        <source>Moves</source>
        <translation>出行方式</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Needs help</source>
        <translation>求援</translation>
    </message>
    <message>
        <source>No call can be given to anyone. Press Insert to add a crew.</source>
        <translation>没有可派的警力，警情无人可派。请按 Insert 新增。</translation>
    </message>
    <message>
        <source>No crew is left to call in; ask the city for help.</source>
        <translation>已无警力可召回，请向市局求援。</translation>
    </message>
    <message>
        <source>No crew yet</source>
        <translation>尚无警力</translation>
    </message>
    <message>
        <source>No order was given yet; daily duty holds.</source>
        <translation>尚未下达过勤务等级，按日常勤务执行。</translation>
    </message>
    <message>
        <source>No status change yet</source>
        <translation>尚无状态变更</translation>
    </message>
    <message>
        <source>Not counted, could fill the gap:</source>
        <translation>未计入、可补充：</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>状态不明</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Off duty</source>
        <translation>离岗</translation>
    </message>
    <message>
        <source>Officers of the post</source>
        <translation>本站人员</translation>
    </message>
    <message>
        <source>On a call</source>
        <translation>处警中</translation>
    </message>
    <message>
        <source>On duty</source>
        <translation>在岗</translation>
    </message>
    <message>
        <source>On duty from now on</source>
        <translation>即刻上岗</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他人员</translation>
    </message>
    <message>
        <source>Others: auxiliaries, guards… separated by commas</source>
        <translation>其他人员（辅警、保安等），用顿号或逗号分隔</translation>
    </message>
    <message>
        <source>Out of service</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Patrol area</source>
        <translation>巡区</translation>
    </message>
    <message>
        <source>People</source>
        <translation>组员</translation>
    </message>
    <message>
        <source>People of the crew</source>
        <translation>组员</translation>
    </message>
    <message>
        <source>People: {people}</source>
        <translation>组员：{people}</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Receiver: {name}</source>
        <translation>定位设备：{name}</translation>
    </message>
    <message>
        <source>Reinforced duty</source>
        <translation>加强勤务</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save mine</source>
        <translation>以我为准</translation>
    </message>
    <message>
        <source>Sign off</source>
        <translation>离岗</translation>
    </message>
    <message>
        <source>Sign on</source>
        <translation>上岗</translation>
    </message>
    <message>
        <source>Sign {crew} off although it is {status}?</source>
        <translation>{crew} 正在{status}，确定离岗？</translation>
    </message>
    <message>
        <source>Since {time}, by {who}, until further order</source>
        <translation>自 {time} 起，{who} 下令，至另行通知</translation>
    </message>
    <message>
        <source>Since {time}, by {who}, until {end}</source>
        <translation>自 {time} 起，{who} 下令，至 {end} 止</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Status log</source>
        <translation>状态记录</translation>
    </message>
    <message>
        <source>Status of {crew}</source>
        <translation>{crew} 的状态</translation>
    </message>
    <message>
        <source>Status of {crew} taken back</source>
        <translation>已撤销 {crew} 的状态变更</translation>
    </message>
    <message>
        <source>Switch</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>Switch the duty level</source>
        <translation>勤务等级转换</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>以对方为准</translation>
    </message>
    <message>
        <source>The chosen crew</source>
        <translation>所选警力</translation>
    </message>
    <message>
        <source>The crews are not read yet.</source>
        <translation>警力尚未读出，请稍候。</translation>
    </message>
    <message>
        <source>Theirs, saved now</source>
        <translation>对方已保存的</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Wartime duty</source>
        <translation>战时勤务</translation>
    </message>
    <message>
        <source>Why (is logged)</source>
        <translation>转换原因（记入日志）</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>另有 {n} 组</translation>
    </message>
    <message>
        <source>car</source>
        <translation>汽车</translation>
    </message>
    <message>
        <source>e-bike</source>
        <translation>电动车</translation>
    </message>
    <message>
        <source>motorcycle</source>
        <translation>摩托车</translation>
    </message>
    <message>
        <source>no fix</source>
        <translation>尚无</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>none; set it on the page of the wires (F8)</source>
        <translation>无；请在链路页（F8）设置</translation>
    </message>
    <message>
        <source>off</source>
        <translation>离岗</translation>
    </message>
    <message>
        <source>off duty</source>
        <translation>离岗</translation>
    </message>
    <message>
        <source>on</source>
        <translation>在岗</translation>
    </message>
    <message>
        <source>on foot</source>
        <translation>步巡</translation>
    </message>
    <message>
        <source>taken back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{age} ago</source>
        <translation>{age}前</translation>
    </message>
    <message>
        <source>{crew} is now {status}</source>
        <translation>{crew} 状态改为{status}</translation>
    </message>
    <message>
        <source>{crew} is off duty</source>
        <translation>{crew} 已离岗</translation>
    </message>
    <message>
        <source>{crew} is on duty</source>
        <translation>{crew} 已上岗</translation>
    </message>
    <message>
        <source>{crew} is on duty, but still {status}: set its status</source>
        <translation>{crew} 已上岗，但状态仍为{status}，请设定状态</translation>
    </message>
    <message>
        <source>{crew} was changed by someone else meanwhile</source>
        <translation>{crew} 刚被他人修改</translation>
    </message>
    <message>
        <source>{have} crews here, {need} needed</source>
        <translation>在岗 {have} 组，需 {need} 组</translation>
    </message>
    <message>
        <source>{here} of {all} crews on duty</source>
        <translation>在岗 {here} 组，共 {all} 组</translation>
    </message>
    <message>
        <source>{level} from {time}, by {who}</source>
        <translation>{time} 起转为{level}，{who} 下令</translation>
    </message>
    <message>
        <source>{level} holds from now on</source>
        <translation>即刻起执行{level}</translation>
    </message>
    <message>
        <source>{n} crews short</source>
        <translation>缺 {n} 组</translation>
    </message>
    <message>
        <source>Choose an officer first.</source>
        <translation>请先选择人员。</translation>
    </message>
    <message>
        <source>Chosen officer</source>
        <translation>所选人员</translation>
    </message>
    <message>
        <source>Draft made: {n} shifts. Publish it with P.</source>
        <translation>已生成草案，共 {n} 个班次；按 P 发布。</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>开始日期</translation>
    </message>
    <message>
        <source>Fr</source>
        <translation>五</translation>
    </message>
    <message>
        <source>From (not before today)</source>
        <translation>起始日期（不早于今天）</translation>
    </message>
    <message>
        <source>From the start to the end of its month the draft is made anew; what is published stays in force until you publish.</source>
        <translation>从起始日期到当月月底重新生成草案；发布之前，已发布的排班继续有效。</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Generate the roster</source>
        <translation>生成排班</translation>
    </message>
    <message>
        <source>Generate with G, publish with P.</source>
        <translation>按 G 生成，按 P 发布。</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>到岗</translation>
    </message>
    <message>
        <source>Here since {time}</source>
        <translation>{time} 签到</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>结束日期</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>请假</translation>
    </message>
    <message>
        <source>Leave back</source>
        <translation>销假</translation>
    </message>
    <message>
        <source>Leave is kept; what is short is marked</source>
        <translation>请假已登记；缺岗日期已标出</translation>
    </message>
    <message>
        <source>Leave taken back</source>
        <translation>请假已取消</translation>
    </message>
    <message>
        <source>Mo</source>
        <translation>一</translation>
    </message>
    <message>
        <source>Month after</source>
        <translation>下个月</translation>
    </message>
    <message>
        <source>Month before</source>
        <translation>上个月</translation>
    </message>
    <message>
        <source>Next: {shift} {time} {team}: {names}</source>
        <translation>下一班：{shift} {time} {team}：{names}</translation>
    </message>
    <message>
        <source>No leave in this month.</source>
        <translation>本月无请假。</translation>
    </message>
    <message>
        <source>No officer yet; add officers on F10 first.</source>
        <translation>尚无人员；请先在 F10 添加人员。</translation>
    </message>
    <message>
        <source>No published shift now</source>
        <translation>当前无已发布的班次</translation>
    </message>
    <message>
        <source>No team yet: put officers into teams with T first.</source>
        <translation>尚无班组：请先用 T 键把人员编组。</translation>
    </message>
    <message>
        <source>Not signed on.</source>
        <translation>未签到。</translation>
    </message>
    <message>
        <source>Nothing follows in the published roster.</source>
        <translation>已发布的排班中没有下一班。</translation>
    </message>
    <message>
        <source>Nothing to publish.</source>
        <translation>没有可发布的变更。</translation>
    </message>
    <message>
        <source>Now: {shift}</source>
        <translation>现为：{shift}</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>警号</translation>
    </message>
    <message>
        <source>On duty now</source>
        <translation>当班人员</translation>
    </message>
    <message>
        <source>Order: {teams}</source>
        <translation>顺序：{teams}</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Publish {month} as revision {rev}</source>
        <translation>发布 {month} 排班，第 {rev} 版</translation>
    </message>
    <message>
        <source>Qualifications of {name}</source>
        <translation>{name} 的资质</translation>
    </message>
    <message>
        <source>Qualifications of {name} changed</source>
        <translation>{name} 的资质已变更</translation>
    </message>
    <message>
        <source>Qualifications: {list}</source>
        <translation>资质：{list}</translation>
    </message>
    <message>
        <source>Reason (is logged)</source>
        <translation>原因（将留痕）</translation>
    </message>
    <message>
        <source>Roster</source>
        <translation>排班</translation>
    </message>
    <message>
        <source>Roster of the month</source>
        <translation>月度排班表</translation>
    </message>
    <message>
        <source>Roster {month}</source>
        <translation>{month} 排班</translation>
    </message>
    <message>
        <source>Roster {month} is published as revision {rev}</source>
        <translation>{month} 排班已发布，第 {rev} 版</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>轮班方式</translation>
    </message>
    <message>
        <source>Sa</source>
        <translation>六</translation>
    </message>
    <message>
        <source>Signed on already.</source>
        <translation>已签到。</translation>
    </message>
    <message>
        <source>Skills</source>
        <translation>资质</translation>
    </message>
    <message>
        <source>Stand in for {name}: {shift}</source>
        <translation>替 {name} 的{shift}</translation>
    </message>
    <message>
        <source>Still short from today on: {n} shifts without anybody.</source>
        <translation>今天起仍有 {n} 个班次缺岗。</translation>
    </message>
    <message>
        <source>Su</source>
        <translation>日</translation>
    </message>
    <message>
        <source>Take back leave of {name}</source>
        <translation>取消 {name} 的请假</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>Team of {name}</source>
        <translation>{name} 的班组</translation>
    </message>
    <message>
        <source>Team of {name} changed</source>
        <translation>{name} 的班组已变更</translation>
    </message>
    <message>
        <source>Team that begins</source>
        <translation>首班班组</translation>
    </message>
    <message>
        <source>Th</source>
        <translation>四</translation>
    </message>
    <message>
        <source>The first publication of this month: {n} shifts.</source>
        <translation>本月首次发布，共 {n} 个班次。</translation>
    </message>
    <message>
        <source>Tu</source>
        <translation>二</translation>
    </message>
    <message>
        <source>We</source>
        <translation>三</translation>
    </message>
    <message>
        <source>What is ticked he has; the choice turns it round.</source>
        <translation>打勾的为已有资质；选中即增减。</translation>
    </message>
    <message>
        <source>Working shifts of these days become gaps that are marked.</source>
        <translation>这些日期中的班次将成为缺岗并标出。</translation>
    </message>
    <message>
        <source>here {time}</source>
        <translation>{time} 到岗</translation>
    </message>
    <message>
        <source>leave</source>
        <translation>请假</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺岗</translation>
    </message>
    <message>
        <source>no team</source>
        <translation>未编组</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>未发布</translation>
    </message>
    <message>
        <source>not published yet</source>
        <translation>尚未发布</translation>
    </message>
    <message>
        <source>nothing planned</source>
        <translation>未排班</translation>
    </message>
    <message>
        <source>or the name of a new team</source>
        <translation>或输入新班组的名称</translation>
    </message>
    <message>
        <source>revision {rev} in force</source>
        <translation>第 {rev} 版执行中</translation>
    </message>
    <message>
        <source>revision {rev} · {n} changes not published</source>
        <translation>第 {rev} 版 · {n} 处变更未发布</translation>
    </message>
    <message>
        <source>stands in for {name}</source>
        <translation>替 {name} 的班</translation>
    </message>
    <message>
        <source>time back</source>
        <translation>补休</translation>
    </message>
    <message>
        <source>training</source>
        <translation>培训</translation>
    </message>
    <message>
        <source>{here} of {all} here</source>
        <translation>到岗 {here}/{all}</translation>
    </message>
    <message>
        <source>{name} is away</source>
        <translation>{name} 请假</translation>
    </message>
    <message>
        <source>{name} is signed off</source>
        <translation>{name} 已签退</translation>
    </message>
    <message>
        <source>{name} is signed on</source>
        <translation>{name} 已签到</translation>
    </message>
    <message>
        <source>{name} {day} changed in the draft</source>
        <translation>{name} {day} 的班次已在草案中变更</translation>
    </message>
    <message>
        <source>{n} cells differ from revision {rev}:</source>
        <translation>与第 {rev} 版相比有 {n} 处变更：</translation>
    </message>
    <message>
        <source>{n} missing</source>
        <translation>缺 {n} 人</translation>
    </message>
    <message>
        <source>Full name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Signs off</source>
        <translation>签退</translation>
    </message>
    <message>
        <source>Signs on</source>
        <translation>签到</translation>
    </message>
    <message>
        <source>{hours} of the next day</source>
        <translation>次日 {hours}</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
</context>
</TS>
